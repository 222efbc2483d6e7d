import { onTestFinished } from 'vitest'
import type { Message } from '../message.ts'
import { Stretch } from '../stretch.ts'
import type { Transport, TransportFault } from '../transport.ts'
import type { GrpcOptions } from './options.ts'
import { grpcTransport } from './transport.ts'

/** A node without a machine: it notes what it hears. */
export interface TestNode extends Transport {
  readonly id: string
  readonly heard: { from: string; message: Message }[]
  readonly dead: string[]
  readonly told: TransportFault[]
  readonly faultTexts: string[]
  /** This node is another member of its process from now on. */
  become(id: string): void
}

/** A node that listens on 127.0.0.1, until the test is over. */
export async function startNode(id: string, options: Partial<GrpcOptions> = {}): Promise<TestNode> {
  let current = id
  const notes = { heard: [], dead: [], told: [], faultTexts: [] } as Pick<
    TestNode,
    'heard' | 'dead' | 'told' | 'faultTexts'
  >
  const open = grpcTransport({ cluster: 'test', connectTimeout: 2_000, ...options })
  const transport = await open(() => current, {
    message: (from, message) => notes.heard.push({ from, message }),
    dead: (member) => notes.dead.push(member),
    fault: ({ fault, message }) => {
      notes.told.push(fault)
      notes.faultTexts.push(message)
    },
  })
  onTestFinished(() => transport.close())
  return {
    ...notes,
    id,
    address: transport.address,
    become: (next) => {
      current = next
    },
    reach: (members) => transport.reach(members),
    send: (to, message) => transport.send(to, message),
    flush: () => transport.flush(),
    status: () => transport.status(),
    close: () => transport.close(),
  }
}

/** Waits for the condition, which must come true. */
export async function until(condition: () => boolean, what: string, ms = 15_000): Promise<void> {
  const end = performance.now() + ms
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** A message that says no more than its number. */
export function numbered(term: number): Message {
  return { kind: 'fenced', term }
}

export function heartbeat(term: number): Message {
  const at = { commit: 1, commitTime: 1, tail: 1, time: 1, stamp: 1, heard: null }
  return { kind: 'append', term, previous: null, entries: Stretch.none, ...at }
}

/** A message of about so many bytes. */
export function large(term: number, bytes: number): Message {
  return { kind: 'restart', term, why: 'x'.repeat(bytes) }
}
