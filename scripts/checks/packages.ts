// Packs every package as it would be published, into .pack/, and asks publint and attw whether users can live with it.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { publishedPackages, root } from './published.ts'

const folder = join(root, '.pack')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)

let failed = false
for (const { name, folder: cwd, manifest } of publishedPackages()) {
  if (manifest.private === true) continue
  const before = new Set(readdirSync(folder))
  run(name, cwd, 'pnpm', 'pack', '--pack-destination', folder)
  const tarball = readdirSync(folder).find((file) => !before.has(file))
  if (tarball === undefined) continue
  run(name, root, 'publint', join(folder, tarball), '--strict')
  run(name, root, 'attw', join(folder, tarball), '--profile', 'esm-only', '--format', 'ascii')
}

function run(name: string, cwd: string, command: string, ...args: readonly string[]): void {
  try {
    execFileSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32', stdio: 'pipe' })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    console.error(`packages/${name}: ${command} ${args[0]} failed\n${stdout}${stderr}`)
    failed = true
  }
}

process.exitCode = failed ? 1 : 0
