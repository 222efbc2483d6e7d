// The code made from proto/: is what is committed what comes of it? With `--write` it is made so.

import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './published.ts'

const options = [
  'outputServices=grpc-js',
  'esModuleInterop=true',
  'importSuffix=.js',
  'forceLong=number',
  'env=node',
  'useOptionals=messages',
  'outputJsonMethods=false',
  'outputPartialMethods=false',
  'enumsAsLiterals=true',
  'oneof=unions-value',
  'exportCommonSymbols=false',
].join(',')

const owner = join(root, 'packages/distributed')
const committed = join(owner, 'src/gen')
const windows = process.platform === 'win32' ? '.cmd' : ''

/** Generates into the folder. */
function generate(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const tool = (name: string): string => join(owner, 'node_modules/.bin', `${name}${windows}`)
  const sources = globSync('**/*.proto', { cwd: join(root, 'proto') })
  const plugin = [`--plugin=protoc-gen-ts_proto=${tool('protoc-gen-ts_proto')}`, `--ts_proto_opt=${options}`]
  execFileSync(tool('protoc'), [...plugin, `--ts_proto_out=${folder}`, '-I', 'proto', ...sources.sort()], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows !== '',
  })
}

/** File by file, with one kind of line ends. */
function contents(folder: string): Map<string, string> {
  const files = globSync('**/*.ts', { cwd: folder }).sort()
  return new Map(
    files.map((file) => [file, readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')]),
  )
}

if (process.argv.includes('--write')) {
  rmSync(committed, { recursive: true, force: true })
  generate(committed)
} else {
  const fresh = mkdtempSync(join(tmpdir(), 'jcache-generated-'))
  try {
    generate(fresh)
    const [wanted, found] = [contents(fresh), contents(committed)]
    for (const file of new Set([...wanted.keys(), ...found.keys()])) {
      if (wanted.get(file) === found.get(file)) continue
      console.error(
        `packages/distributed/src/gen/${file}: is not what proto/ generates; run pnpm --filter @jcache/distributed generate`,
      )
      process.exitCode = 1
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}
