// The first thing that runs in a fresh clone: `node scripts/run.mjs <script> [arguments]`.
// It needs nothing but Node >= 18 and npm, and imports nothing that is not in this folder.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchEnvironment } from './launcher/environment.mjs'
import { installDependencies } from './launcher/install.mjs'
import { runThrough } from './launcher/process.mjs'
import { root } from './launcher/root.mjs'
import { StartError } from './launcher/start-error.mjs'
import { ensureToolchain } from './launcher/toolchain.mjs'

async function main([script, ...rest]) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  if (script === undefined || manifest.scripts[script] === undefined) {
    throw new StartError(
      `There is no script "${script ?? ''}". Known: ${Object.keys(manifest.scripts).join(', ')}.`,
    )
  }
  await ensureToolchain(manifest)
  const env = launchEnvironment()
  await installDependencies(env)
  return runThrough('pnpm', ['run', script, ...rest], env)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
