// What the wire of the distributed tier carries between two processes over loopback: operations per second, latency, and
// CPU per operation on either side, beside bare TCP and a call of gRPC for each operation. Run alone: node --conditions=@jcache/source bench/distributed-wire.ts

import { type ChildProcess, fork } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { ChannelCredentials, Client, Server, ServerCredentials } from '@grpc/grpc-js'
import { grpcTransport } from '../packages/distributed/src/grpc/transport.ts'
import type { LogEntry } from '../packages/distributed/src/log-entry.ts'
import type { Message } from '../packages/distributed/src/message.ts'
import { Stretch } from '../packages/distributed/src/stretch.ts'
import type { Transport } from '../packages/distributed/src/transport.ts'

const [ME, OTHER] = ['near.1~0', 'far.1~0']
const SECONDS = 2
const AHEAD = 4_096

function open(id: string, message: (from: string, message: Message) => void): Promise<Transport> {
  return grpcTransport({ cluster: 'bench' })(() => id, { message, dead: () => {} })
}

function cpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function ack(match: number): Message {
  return { kind: 'ack', term: 1, match, applied: match, digest: 1, promised: 1, stamp: 1 }
}

/** Answers each question, and acknowledges what is appended as a follower does: once in a turn. */
async function far(peer: string): Promise<void> {
  const transport = await open(OTHER, (from, message) => {
    if (message.kind === 'ask') transport.send(from, { kind: 'left', term: message.seq })
    else if (message.kind === 'append')
      transport.send(from, ack(message.entries.first + message.entries.length - 1))
    // What came together was told together: answers wait for no other turn.
    queueMicrotask(() => transport.flush())
  })
  transport.reach([{ id: ME, address: peer }])
  const echo = createServer((socket) => socket.setNoDelay().pipe(socket)).listen(0, '127.0.0.1', () => {
    const address = echo.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const unary = new Server()
    const method = { path, requestStream: false, responseStream: false, ...serializers }
    unary.addService(
      { ask: method },
      {
        ask: (call: { request: Buffer }, back: (error: null, answer: Buffer) => void) =>
          back(null, call.request),
      },
    )
    unary.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_, unaryPort) => {
      process.send?.({ address: transport.address, port, unaryPort })
    })
  })
  process.on('message', () => process.send?.({ cpu: cpu() }))
  process.on('disconnect', () => process.exit())
}

const path = '/bench/ask'
const same = (bytes: Buffer): Buffer => bytes
const serializers = {
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
}

function told<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve) => child.once('message', (answer) => resolve(answer as Answer)))
}

async function farCpu(child: ChildProcess): Promise<number> {
  const answer = told<{ cpu: number }>(child)
  child.send('cpu')
  return (await answer).cpu
}

function percentile(sorted: readonly number[], share: number): number {
  return Number((sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(3))
}

async function near(): Promise<void> {
  let heard: (message: Message) => void = () => {}
  const transport = await open(ME, (_, message) => heard(message))
  const child = fork(import.meta.filename, [transport.address], {
    execArgv: ['--conditions=@jcache/source', '--no-warnings'],
  })
  const { address, port, unaryPort } = await told<{ address: string; port: number; unaryPort: number }>(child)
  transport.reach([{ id: OTHER, address }])
  while (transport.status().peers[0]?.state !== 'open' || transport.status().inbound === 0)
    await new Promise((resolve) => setTimeout(resolve, 5))

  async function measured(
    name: string,
    run: (until: number) => Promise<{ operations: number; times: number[] }>,
  ) {
    await run(performance.now() + 500)
    const before = { near: cpu(), far: await farCpu(child), at: performance.now() }
    const { operations, times } = await run(performance.now() + SECONDS * 1_000)
    const seconds = (performance.now() - before.at) / 1_000
    const each = (used: number): number => Number((used / operations).toFixed(2))
    times.sort((left, right) => left - right)
    return {
      name,
      'per second': Math.round(operations / seconds),
      'p50 ms': percentile(times, 0.5),
      'p99 ms': percentile(times, 0.99),
      'near CPU us': each(cpu() - before.near),
      'far CPU us': each((await farCpu(child)) - before.far),
    }
  }

  /** Callers that each ask again once they are answered. */
  const asking = (callers: number) => async (until: number) => {
    const begun = new Map<number, number>()
    const times: number[] = []
    let seq = 0
    const ask = (): void => {
      begun.set(++seq, performance.now())
      transport.send(OTHER, { kind: 'ask', term: 1, seq })
    }
    await new Promise<void>((resolve) => {
      heard = (message) => {
        const at = begun.get(message.term)
        if (message.kind !== 'left' || at === undefined) return
        begun.delete(message.term)
        times.push(performance.now() - at)
        if (performance.now() < until) {
          ask()
          queueMicrotask(() => transport.flush())
        } else if (begun.size === 0) resolve()
      }
      for (let caller = 0; caller < callers; caller++) ask()
      transport.flush()
    })
    return { operations: times.length, times }
  }

  /** A leader with as much to say as may be on its way, so many operations to a message. */
  const appending = (batch: number) => async (until: number) => {
    const value = 'x'.repeat(100)
    const sentAt = new Map<number, number>()
    const times: number[] = []
    let last = 0
    let match = 0
    const send = (): void => {
      while (last - match < AHEAD) {
        const entries = Array.from({ length: batch }, (_, place): LogEntry => {
          const offset = last + place + 1
          const operations = [
            { kind: 'run' as const, command: { name: 'set', args: [`key:${offset % 1000}`, value] } },
          ]
          const id = { origin: 'near.1', seq: offset }
          return { term: 1, offset, time: 1.7e12 + last, operations, id, floor: offset }
        })
        const at = { commit: match, commitTime: 1.7e12, tail: last, time: 1.7e12, stamp: last, heard: match }
        transport.send(OTHER, {
          kind: 'append',
          term: 1,
          previous: { offset: last, term: 1 },
          entries: Stretch.of(entries),
          ...at,
        })
        last += batch
        sentAt.set(last, performance.now())
      }
    }
    await new Promise<void>((resolve) => {
      heard = (message) => {
        if (message.kind !== 'ack' || message.match === null) return
        match = message.match
        for (const [offset, at] of sentAt) {
          if (offset > match) break
          sentAt.delete(offset)
          times.push(performance.now() - at)
        }
        if (performance.now() < until) send()
        else if (match === last) resolve()
      }
      send()
    })
    return { operations: last, times }
  }

  const bare = async (until: number) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const times: number[] = []
    await new Promise<void>((resolve) => {
      let at = 0
      const ask = (): void => {
        at = performance.now()
        socket.write('x'.repeat(40))
      }
      socket.on('connect', ask)
      socket.on('data', () => {
        times.push(performance.now() - at)
        if (performance.now() < until) ask()
        else resolve()
      })
    })
    socket.destroy()
    return { operations: times.length, times }
  }

  const unaryClient = new Client(`127.0.0.1:${unaryPort}`, ChannelCredentials.createInsecure())
  const unary = (callers: number) => async (until: number) => {
    const times: number[] = []
    const caller = async (): Promise<void> => {
      while (performance.now() < until) {
        const at = performance.now()
        await new Promise<void>((resolve) => {
          unaryClient.makeUnaryRequest(path, same, same, Buffer.alloc(40), () => resolve())
        })
        times.push(performance.now() - at)
      }
    }
    await Promise.all(Array.from({ length: callers }, caller))
    return { operations: times.length, times }
  }

  console.table([
    await measured('a call of gRPC each, 1 caller', unary(1)),
    await measured('a call of gRPC each, 64 callers', unary(64)),
    await measured('bare TCP, 1 caller', bare),
    await measured('ask, 1 caller', asking(1)),
    await measured('ask, 64 callers', asking(64)),
    await measured('ask, 512 callers', asking(512)),
    await measured('append, 1 to a message', appending(1)),
    await measured('append, 64 to a message', appending(64)),
    await measured('append, 512 to a message', appending(512)),
  ])
  unaryClient.close()
  child.disconnect()
  await transport.close()
}

const [peer] = process.argv.slice(2)
await (peer === undefined ? near() : far(peer))
