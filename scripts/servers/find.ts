import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fetchedFolder } from './fetch.ts'
import { libraryPath } from './libraries.ts'

export interface FoundProgram {
  readonly name: string
  readonly command: string
  readonly env: Readonly<Record<string, string>>
  readonly from: 'PATH' | 'fetched'
}

/** The first of these programs that is on PATH, else the first that was fetched into .toolchain/ before. */
export function findProgram(...names: readonly string[]): FoundProgram | undefined {
  return (
    first(names, (name) => onPath(name)) ??
    first(names, (name) => {
      const command = join(fetchedFolder, 'usr', 'bin', name)
      if (!isProgram(command)) return undefined
      return { name, command, env: { LD_LIBRARY_PATH: libraryPath(fetchedFolder) }, from: 'fetched' }
    })
  )
}

function onPath(name: string): FoundProgram | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const command = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
    if (folder !== '' && isProgram(command)) return { name, command, env: {}, from: 'PATH' }
  }
  return undefined
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function first<T>(names: readonly string[], look: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const found = look(name)
    if (found !== undefined) return found
  }
  return undefined
}
