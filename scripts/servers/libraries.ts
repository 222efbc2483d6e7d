import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The folders for libraries in an unpacked tree: one per architecture, such as usr/lib/x86_64-linux-gnu. */
export function libraryPath(tree: string): string {
  return [join(tree, 'usr', 'lib'), join(tree, 'lib')]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((folder) => folder.includes('-linux-'))
    .join(delimiter)
}

/** The libraries, such as libjemalloc.so.2, that a program would not find. */
export async function missingLibraries(command: string, tree: string): Promise<readonly string[]> {
  const env = { ...process.env, LC_ALL: 'C', LD_LIBRARY_PATH: libraryPath(tree) }
  const { stdout } = await run('ldd', [command], { env })
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name)
}

/**
 * The names a package with this library may have. Debian names it after library and version, with a dash between
 * digits: liblzf.so.1 is in liblzf1, liblua5.1.so.0 in liblua5.1-0; some were renamed with t64 for 64-bit times.
 */
export function packagesOf(library: string): readonly string[] {
  const [name = '', version = ''] = library.toLowerCase().replaceAll('_', '-').split('.so.')
  const base = `${name}${/\d$/.test(name) ? '-' : ''}${version}`
  return [base, `${base}t64`]
}
