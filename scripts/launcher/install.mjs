import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './process.mjs'
import { root } from './root.mjs'
import { StartError } from './start-error.mjs'

// Inside node_modules, so that whoever removes that folder gets a new installation.
const marker = join(root, 'node_modules', '.installed-lockfile')

/** Installs the workspace when its lockfile is not the one installed last. */
export async function installDependencies(env) {
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file)))
  const wanted = hash.digest('hex')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return

  console.log('Installing the dependencies of the workspace')
  const args = [
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
    // No question about a node_modules made by another tool: nobody may be there to answer it.
    '--config.confirmModulesPurge=false',
    // pnpm would wait for minutes before it says that there is no network.
    '--config.fetchRetryMintimeout=500',
    '--config.fetchRetryMaxtimeout=1000',
  ]
  const { code, output } = await runQuietly('pnpm', args, { env })
  if (code !== 0) throw new StartError(explain(output))
  writeFileSync(marker, wanted)
}

function explain(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|META_FETCH_FAIL|dns error/i.test(
      output,
    )
  ) {
    return "Could not install the dependencies: the registry cannot be reached. Connect to a network (or set npm's proxy or registry) and run the command again."
  }
  return `Could not install the dependencies. pnpm said:\n${output.trim()}`
}
