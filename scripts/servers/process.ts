import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { atExit } from './at-exit.ts'

export interface Program {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A server as a process of the system, addressed by its pid and by nothing else. */
export interface RunningProcess {
  readonly pid: number
  alive(): boolean
  /** Freezes it: connections stay open and nothing is answered. */
  pause(): void
  resume(): void
  /** Ends it at once and resolves when it is gone. */
  kill(): Promise<void>
}

/**
 * Starts a program whose output goes to `server.log` in its folder. It keeps no event loop alive; neither it nor, when
 * this process is killed, its folder outlives this process.
 */
export async function startProcess(program: Program, folder: string): Promise<RunningProcess> {
  const log = openSync(join(folder, 'server.log'), 'a')
  const child = spawn(program.command, program.args, {
    stdio: ['ignore', log, log],
    env: { ...process.env, ...program.env },
    // In its own group: Ctrl-C in the terminal is for the program that uses the server.
    detached: true,
  })
  closeSync(log)
  const pid = await pidOf(child)
  child.unref()

  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const killNow = (): void => {
    if (alive()) process.kill(pid, 'SIGKILL')
  }
  const guard = startGuard(pid, folder)
  const forget = atExit(killNow)
  void gone.then(() => {
    forget()
    guard?.kill('SIGKILL')
  })

  function alive(): boolean {
    return child.exitCode === null && child.signalCode === null
  }

  return {
    pid,
    alive,
    pause: () => void process.kill(pid, 'SIGSTOP'),
    resume: () => void process.kill(pid, 'SIGCONT'),
    kill: async () => {
      if (!alive()) return
      child.ref()
      killNow()
      await gone
    },
  }
}

function pidOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => {
      if (child.pid === undefined) reject(new Error(`${child.spawnfile} started without a pid.`))
      else resolve(child.pid)
    })
  })
}

/**
 * Ends the server when this process is killed without a chance to do so itself: the pipe closes with us,
 * whatever the reason, and the shell that reads it then kills the server, frozen or not.
 */
function startGuard(pid: number, folder: string): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined
  const guard = spawn('/bin/sh', ['-c', 'read _; kill -9 "$0"; rm -rf "$1"', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.on('error', () => {})
  guard.unref()
  const pipe = guard.stdin as (typeof guard.stdin & { unref?: () => void }) | null
  pipe?.unref?.()
  return guard
}
