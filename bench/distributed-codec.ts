// What the log of the distributed tier costs as bytes: bytes and nanoseconds per operation (a SET of 100 characters), by
// operations per message, beside JSON. They are written once, by the leader; sent are those bytes. Run alone.

import type { LogEntry } from '../packages/distributed/src/log-entry.ts'
import type { Message } from '../packages/distributed/src/message.ts'
import { Stretch } from '../packages/distributed/src/stretch.ts'
import { writeEntries } from '../packages/distributed/src/wire/log-entries.ts'
import { decode, encode } from '../packages/distributed/src/wire/parcel.ts'
import { Writer } from '../packages/distributed/src/wire/writer.ts'

function entriesOf(count: number): LogEntry[] {
  return Array.from({ length: count }, (_, place): LogEntry => {
    const command = { name: 'set', args: [`key:${place % 1000}`, 'x'.repeat(100)] }
    const operations = [{ kind: 'run' as const, command }]
    const [offset, time, id] = [1_000_000 + place, 1.7e12 + place, { origin: 'node-a.1f', seq: place }]
    return { term: 3, offset, time, operations, id, floor: place }
  })
}

function append(entries: Stretch): Message {
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
  const entries = entriesOf(count)
  const parcel = { from: 'node-a.1f~0', to: 'node-b.2e~0', messages: [append(Stretch.of(entries))] }
  const writer = new Writer()
  const bytes = Buffer.from(encode(writer, parcel))
  const json = JSON.stringify(entries)
  return {
    operations: count,
    bytes: Math.round(bytes.length / count),
    'JSON bytes': Math.round(json.length / count),
    'write ns': nanosecondsEach(count, () => {
      writeEntries(writer, entries)
      writer.finish()
    }),
    'send ns': nanosecondsEach(count, () => encode(writer, parcel)),
    'read ns': nanosecondsEach(count, () => decode(bytes)),
    'stringify ns': nanosecondsEach(count, () => JSON.stringify(entries)),
    'parse ns': nanosecondsEach(count, () => JSON.parse(json)),
  }
})
console.table(rows)
