import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Functions that one process offers to another. */
// biome-ignore lint/suspicious/noExplicitAny: what they take is said where they are written.
export type Offers = { readonly [name: string]: (...args: any[]) => unknown }

/** Calls a function of the other process by its name. Rejects when that process has ended. */
export type Call<Theirs extends Offers> = <Name extends keyof Theirs & string>(
  name: Name,
  ...args: Parameters<Theirs[Name]>
) => Promise<Awaited<ReturnType<Theirs[Name]>>>

/** A process of its own, whose functions are called. */
export interface Child<Theirs extends Offers> {
  readonly pid: number
  readonly call: Call<Theirs>
  /** Comes back when it has ended. */
  readonly ended: Promise<void>
  pause(): void
  resume(): void
  /** Ends it at once. */
  kill(): Promise<void>
}

type Message =
  | { readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string; readonly code: string | undefined }

interface Port {
  readonly connected?: boolean | undefined
  on(event: 'message', listener: (message: Message) => void): unknown
  send?: ((message: Message) => unknown) | undefined
}

/** Starts a TypeScript file as a process, which does not outlive this one; behind a command that becomes it, if one is given. */
export async function startChild<Theirs extends Offers>(
  file: URL,
  args: readonly string[],
  offers: Offers = {},
  behind: readonly string[] = [],
): Promise<Child<Theirs>> {
  const [execPath = process.execPath, ...before] = [...behind, process.execPath]
  const child = fork(fileURLToPath(file), args, {
    execPath,
    execArgv: [...before, '--conditions=@jcache/source', '--no-warnings'],
    serialization: 'advanced',
    // In its own group: Ctrl-C in the terminal is for the program that started it.
    detached: true,
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const call = talk<Theirs>(child, offers, ended)
  await once(child, 'spawn')
  const signal = (name: NodeJS.Signals) => void child.kill(name)
  return {
    pid: child.pid ?? 0,
    call,
    ended,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    kill: async () => {
      signal('SIGKILL')
      await ended
    },
  }
}

/** Offers these functions to the process that started this one, and ends when that one does. */
export function offerToParent<Theirs extends Offers>(offers: Offers): Call<Theirs> {
  const ended = new Promise<void>((resolve) => process.once('disconnect', () => resolve()))
  void ended.then(() => process.exit())
  return talk<Theirs>(process, offers, ended)
}

function talk<Theirs extends Offers>(port: Port, offers: Offers, ended: Promise<void>): Call<Theirs> {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>()
  let last = 0
  let isOver = false
  const gone = () => new Error('the other process has ended')
  void ended.then(() => {
    isOver = true
    for (const { reject } of waiting.values()) reject(gone())
    waiting.clear()
  })
  const say = (message: Message) => {
    if (port.connected) port.send?.(message)
  }
  port.on('message', async (message: Message) => {
    if ('name' in message) {
      const { id, name, args } = message
      try {
        say({ id, value: await offers[name]?.(...args) })
      } catch (error) {
        say({ id, ...told(error) })
      }
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if ('error' in message) asked?.reject(Object.assign(new Error(message.error), { code: message.code }))
    else asked?.resolve(message.value as never)
  })
  return (name, ...args) =>
    new Promise((resolve, reject) => {
      if (isOver) return reject(gone())
      waiting.set(++last, { resolve, reject })
      say({ id: last, name, args })
    })
}

function told(error: unknown): { error: string; code: string | undefined } {
  if (!(error instanceof Error)) return { error: String(error), code: undefined }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { error: error.message, code }
}
