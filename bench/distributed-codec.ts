// What the log of the distributed tier costs as bytes: bytes and nanoseconds per operation (a SET of 100 characters), by
// operations per message, beside JSON. "again": the same entries for another follower. Run alone.

import type { LogEntry } from '../packages/distributed/src/log-entry.ts'
import type { Message } from '../packages/distributed/src/message.ts'
import { decode, encode } from '../packages/distributed/src/wire/parcel.ts'
import { Writer } from '../packages/distributed/src/wire/writer.ts'

function append(count: number): Message {
  const entries = Array.from({ length: count }, (_, place): LogEntry => {
    const command = { name: 'set', args: [`key:${place % 1000}`, 'x'.repeat(100)] }
    const operations = [{ kind: 'run' as const, command }]
    const [offset, time, id] = [1_000_000 + place, 1.7e12 + place, { origin: 'node-a.1f', seq: place }]
    return { term: 3, offset, time, operations, id, floor: place, bytes: 160 }
  })
  const at = {
    commit: 1_000_000,
    commitTime: 1.7e12,
    tail: 2_000_000,
    time: 1.7e12,
    stamp: 12.5,
    heard: 11.5,
  }
  return { kind: 'append', term: 3, previous: { offset: 999_999, term: 3 }, entries, ...at }
}

function nanosecondsEach(count: number, work: () => void): number {
  const rounds = Math.ceil(100_000 / count)
  const results: number[] = []
  for (let repeat = 0; repeat < 9; repeat++) {
    const begin = performance.now()
    for (let round = 0; round < rounds; round++) work()
    results.push(((performance.now() - begin) * 1e6) / (rounds * count))
  }
  return Math.round(results.sort((left, right) => left - right)[4] ?? Number.NaN)
}

const rows = [1, 8, 64, 512].map((count) => {
  const parcel = { from: 'node-a.1f~0', to: 'node-b.2e~0', messages: [append(count)] }
  const writer = new Writer()
  const bytes = Buffer.from(encode(writer, parcel))
  const json = JSON.stringify(parcel)
  return {
    operations: count,
    bytes: Math.round(bytes.length / count),
    'JSON bytes': Math.round(json.length / count),
    'encode ns': nanosecondsEach(count, () => {
      writer.stretches.forget()
      encode(writer, parcel)
    }),
    'again ns': nanosecondsEach(count, () => encode(writer, parcel)),
    'decode ns': nanosecondsEach(count, () => decode(bytes)),
    'stringify ns': nanosecondsEach(count, () => JSON.stringify(parcel)),
    'parse ns': nanosecondsEach(count, () => JSON.parse(json)),
  }
})
console.table(rows)
