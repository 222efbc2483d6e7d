import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { launchEnvironment } from './environment.mjs'
import { isRecent, nodePackage } from './node-package.mjs'
import { runQuietly } from './process.mjs'
import { root, toolchain } from './root.mjs'
import { StartError } from './start-error.mjs'

const marker = join(toolchain, 'ready.json')

/** Brings the pnpm of package.json, and a newer Node when this one is too old, into .toolchain/. */
export async function ensureToolchain(manifest) {
  const ready = readReady()
  const wanted = wantedPackages(manifest, ready)
  if (wanted.every((spec) => ready.includes(spec))) return
  console.log(`Fetching ${wanted.join(' and ')} into .toolchain/ (once)`)

  mkdirSync(toolchain, { recursive: true })
  rmSync(marker, { force: true })
  writeFileSync(join(toolchain, 'package.json'), '{ "private": true }\n')
  // An npm that gives up in seconds, so that a missing network is told soon.
  const env = {
    npm_config_fetch_retries: '1',
    npm_config_fetch_retry_mintimeout: '1000',
    ...launchEnvironment(),
  }
  const npmArgs = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const [npm, ...npmStart] = npmCommand()
  const { code, output } = await runQuietly(npm, [...npmStart, ...npmArgs, ...wanted], {
    cwd: toolchain,
    env,
  })
  if (code !== 0) throw new StartError(explain(output, wanted))

  // pnpm's bin is a placeholder until this step puts the native program there; turbo needs the real one.
  const setup = await runQuietly(process.execPath, [join(toolchain, 'node_modules', 'pnpm', 'install.js')])
  if (setup.code !== 0) {
    throw new StartError(`pnpm could not be set up in .toolchain/: ${lastLine(setup.output)}`)
  }
  writeFileSync(marker, `${JSON.stringify(wanted)}\n`)
}

function wantedPackages(manifest, ready) {
  const nodeVersion = readFileSync(join(root, '.node-version'), 'utf8').trim()
  // npm removes what it is not asked for: once a Node is there (perhaps the one we run on), keep asking for it.
  const present = ready.some((spec) => spec.startsWith('node-'))
  const needsNode = !isRecent() || present || process.execPath.startsWith(toolchain)
  return needsNode
    ? [manifest.packageManager, `${nodePackage(nodeVersion)}@${nodeVersion}`]
    : [manifest.packageManager]
}

function readReady() {
  return existsSync(marker) ? JSON.parse(readFileSync(marker, 'utf8')) : []
}

/** The npm that started us, else the one beside this Node, else the one on PATH. */
function npmCommand() {
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  for (const file of [process.env.npm_execpath, beside]) {
    if (file?.endsWith('npm-cli.js') && existsSync(file)) return [process.execPath, file]
  }
  return ['npm']
}

function explain(output, wanted) {
  const what = `Could not fetch ${wanted.join(' and ')} with npm`
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i.test(output)
  ) {
    return `${what}: the registry cannot be reached. Connect to a network (or set npm's proxy or registry) and run the command again.`
  }
  return `${what}: ${lastLine(output)}`
}

function lastLine(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !line.includes('complete log'))
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing').trim()
}
