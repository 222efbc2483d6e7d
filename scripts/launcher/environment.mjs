import { delimiter, join } from 'node:path'
import { toolchain } from './root.mjs'

// Where the user's network is reached. Every other npm_* variable describes the npm call that started us,
// and would be read by pnpm as its own configuration.
const kept = [
  'registry',
  'proxy',
  'https_proxy',
  'http_proxy',
  'noproxy',
  'cafile',
  'ca',
  'cache',
  'strict_ssl',
]
const keptNames = new Set(kept.map((name) => `npm_config_${name}`))

export function launchEnvironment(from = process.env) {
  const env = {}
  let path = ''
  for (const [name, value] of Object.entries(from)) {
    const lower = name.toLowerCase()
    if (lower === 'path') path = value ?? ''
    else if (lower === 'init_cwd') continue
    else if (!lower.startsWith('npm_') || keptNames.has(lower)) env[name] = value
  }
  env.PATH = [join(toolchain, 'node_modules', '.bin'), path].join(delimiter)
  // Tools of the workspace; nothing here reports to their makers.
  env.TURBO_TELEMETRY_DISABLED = '1'
  env.DO_NOT_TRACK = '1'
  return env
}
