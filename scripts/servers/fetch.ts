import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Apt } from './apt.ts'
import { missingLibraries, packagesOf } from './libraries.ts'

const run = promisify(execFile)
const toolchain = fileURLToPath(new URL('../../.toolchain/', import.meta.url))

/** Where packages of the distribution are unpacked: a tree like /, in a folder that git ignores. */
export const fetchedFolder: string = join(toolchain, 'debian')

/**
 * Downloads packages of Debian or Ubuntu, and the libraries this machine lacks for `program`, and unpacks them
 * into {@link fetchedFolder}. Needs no root and installs nothing. Throws an Error that says why it cannot be done.
 */
export async function fetchProgram(program: string, packages: readonly string[]): Promise<void> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb')) {
    throw new Error('packages can be fetched on Debian and Ubuntu only')
  }
  mkdirSync(toolchain, { recursive: true })
  const work = mkdtempSync(join(toolchain, 'fetching-'))
  const tree = join(work, 'tree')
  const command = join(tree, 'usr', 'bin', program)
  try {
    const apt = await Apt.knowing(packages, join(toolchain, 'apt'))
    await unpack(await apt.download(packages, work), tree)
    // A library may need others in turn.
    for (let round = 0; round < 5; round++) {
      const missing = await missingLibraries(command, tree)
      const wanted = await apt.known(missing.flatMap(packagesOf))
      if (wanted.length === 0) break
      await unpack(await apt.download(wanted, work), tree)
    }
    const missing = await missingLibraries(command, tree)
    if (missing.length > 0) throw new Error(`${program} needs ${missing.join(', ')}, which no package brings`)
    await cp(tree, fetchedFolder, { recursive: true, verbatimSymlinks: true, force: true })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function unpack(files: readonly string[], tree: string): Promise<void> {
  for (const file of files) {
    await run('dpkg-deb', ['-x', file, tree])
    // Once unpacked it must not be taken for a new download.
    rmSync(file)
  }
}
