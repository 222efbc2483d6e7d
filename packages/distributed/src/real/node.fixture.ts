// A node with callers, as a process of its own. Every call is written to a file before it is made.

import { createHash } from 'node:crypto'
import { openSync, writeSync } from 'node:fs'
import { codeOf } from '@jcache/driver'
import { etcdCoordinator } from '@jcache/etcd-election'
import { offerToParent } from '../../../../scripts/servers/talk.ts'
import { distributed } from '../distributed.ts'
import type { NodeStatus } from '../status.ts'
import { comeFrom } from './come-from.fixture.ts'
import { type End, machineTime, type Note, type What } from './note.fixture.ts'

/** Callers of each kind, and for how many milliseconds a key is used. */
const CALLERS = 2
const GENERATION = 3_000

export type NodeOffers = {
  status(): NodeStatus | undefined
  start(): void
  /** Comes back when the last call has ended. */
  stop(): Promise<void>
  /** How many calls were answered. */
  answered(): number
  /** What this node holds, in one number. */
  digest(): Promise<string>
  /** Which of these keys this node has not. */
  missing(keys: readonly string[]): Promise<readonly string[]>
  close(): Promise<void>
}

const [name = '', prefix = '', hosts = '', listen = '', advertise = '', file = '', rest = ''] =
  process.argv.slice(2)
const direct = listen === advertise
if (direct) comeFrom(listen.split(':')[0] ?? '')
const log = openSync(file, 'a')
const node = distributed({
  coordinator: etcdCoordinator({ hosts: hosts.split(','), prefix, ttl: '3s' }),
  listen,
  advertise,
  direct,
  unclean: 'halt',
})
const linearizable = node.with({ read: 'linearizable' }).commands
let isOver = true
let running: Promise<unknown> = Promise.resolve()
let calls = 0
let answers = 0

const note = (each: Note) => writeSync(log, `${JSON.stringify(each)}\n`)

async function noted(what: What, make: () => unknown): Promise<void> {
  const call = ++calls
  note({ kind: 'began', call, at: machineTime(), what })
  const end = await endOf(make)
  if (end.kind === 'answered') answers++
  note({ kind: 'ended', call, at: machineTime(), end })
}

async function endOf(make: () => unknown): Promise<End> {
  try {
    const value = await make()
    const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
    if (isPlain) return { kind: 'answered', value: value as string | number | boolean | null }
    return { kind: 'broken', error: `it answered ${typeof value}` }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (codeOf(error) && message.endsWith('; not executed')) return { kind: 'not executed' }
    if (codeOf(error) && message.endsWith('; its outcome is unknown')) return { kind: 'unknown' }
    return { kind: 'broken', error: String(error) }
  }
}

async function caller(at: number): Promise<void> {
  const session = node.with({ read: 'session' }).commands
  for (let count = 0; !isOver; count++) {
    const key = `${Math.floor(machineTime() / GENERATION)}:${count % 3}`
    const value = `${name}:${process.pid}:${at}:${count}`
    const level = 'linearizable'
    // Each third writes a key of its own, which must be there in the end.
    if (count % 3 === 0)
      await noted({ name: 'set', key: `own:${value}`, value, level }, () =>
        node.commands.set(`own:${value}`, value),
      )
    else if (count % 4 === at)
      await noted({ name: 'set', key: `r${key}`, value, level }, () => node.commands.set(`r${key}`, value))
    else if (count % 5 === 0)
      await noted({ name: 'get', key: `c${key}`, value: '', level }, () => linearizable.get(`c${key}`))
    else await noted({ name: 'get', key: `r${key}`, value: '', level }, () => linearizable.get(`r${key}`))
    await noted({ name: 'incr', key: `c${key}`, value: '', level }, () => node.commands.incr(`c${key}`))
    await noted({ name: 'get', key: `c${key}`, value: `${at}`, level: 'session' }, () =>
      session.get(`c${key}`),
    )
    await new Promise((resolve) => setTimeout(resolve, Number(rest)))
  }
}

offerToParent({
  status: () => {
    const status = node.status()
    return status && { ...status, coordinator: status.coordinator ? String(status.coordinator) : null }
  },
  start: () => {
    isOver = false
    running = Promise.all(Array.from({ length: CALLERS }, (_, at) => caller(at)))
  },
  stop: async () => {
    isOver = true
    await running
  },
  answered: () => answers,
  digest: async () => {
    const all: string[] = []
    for await (const found of node.entries.scan()) all.push(JSON.stringify(found))
    return `${all.length} keys, ${createHash('sha256').update(all.sort().join('\n')).digest('hex')}`
  },
  missing: async (keys) => {
    const missing: string[] = []
    for (const key of keys) if ((await node.commands.get(key)) === null) missing.push(key)
    return missing
  },
  close: () => node.close(),
} satisfies NodeOffers)
