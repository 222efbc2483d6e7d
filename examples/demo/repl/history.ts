import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

export const HISTORY_SIZE = 500

/** Where lines are kept between runs: the user's state folder, by the rules of freedesktop.org, or of Windows. */
export function historyFile(env: NodeJS.ProcessEnv = process.env): string {
  const folder =
    env['XDG_STATE_HOME'] ||
    (process.platform === 'win32' && env['LOCALAPPDATA']) ||
    join(homedir(), '.local', 'state')
  return join(folder, 'jcache', 'demo-history')
}

/** The lines typed before, latest first; none where the file cannot be read. */
export function readHistory(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).reverse()
  } catch {
    return []
  }
}

/** Keeps the lines, latest first. A folder that cannot be written costs the history, never the prompt. */
export function writeHistory(file: string, lines: readonly string[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${lines.slice(0, HISTORY_SIZE).reverse().join('\n')}\n`, { mode: 0o600 })
  } catch {}
}
