import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './root.mjs'

// npm and pnpm are .cmd files on Windows, which only a shell can start.
const shell = process.platform === 'win32'

/** Runs a program on this terminal and answers its exit code. */
export function runThrough(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell })
    // Ctrl-C reaches the child by itself: it may have things to stop, so wait for it.
    process.on('SIGINT', () => {})
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

/** Runs a program quietly; answers its exit code and everything it said. */
export function runQuietly(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
