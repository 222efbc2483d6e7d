// Everything that must hold besides the tests: `pnpm run check:inner [name …]`. All checks run, even after one failed.

import { spawnSync } from 'node:child_process'

const checks: Readonly<Record<string, readonly string[]>> = {
  types: ['tsc', '-p', 'tsconfig.json'],
  lint: ['biome', 'check', '--error-on-warnings', '.'],
  arrows: ['node', 'scripts/checks/arrows.ts'],
  files: ['node', 'scripts/checks/files.ts'],
  unused: ['knip'],
  generated: ['node', 'scripts/checks/generated.ts'],
  build: ['turbo', 'run', 'build', '--output-logs=errors-only'],
  packages: ['node', 'scripts/checks/packages.ts'],
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => checks[name] === undefined)
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. Known: ${Object.keys(checks).join(', ')}.`)
  process.exit(1)
}

const failed = new Set<string>()
for (const [name, [command = '', ...args]] of Object.entries(checks)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  if (name === 'packages' && failed.has('build')) {
    console.log('       packages (needs build)')
    continue
  }
  const begin = performance.now()
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    shell: process.platform === 'win32',
  })
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (status === 0) continue
  failed.add(name)
  console.log(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`)
}
process.exitCode = failed.size > 0 ? 1 : 0
