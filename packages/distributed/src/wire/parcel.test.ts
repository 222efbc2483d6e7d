import { commands, type Entry } from '@jcache/driver'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogEntry } from '../log-entry.ts'
import type { Message } from '../message.ts'
import { Stretch } from '../stretch.ts'
import { anyEntries, anyMessage, anyParcel, anyValue } from './message.fixture.ts'
import { decode, encode, type Parcel, VERSION } from './parcel.ts'
import { kinds, shapes } from './shapes.ts'
import { WireError } from './wire-error.ts'
import { Writer } from './writer.ts'

function again(parcel: Parcel): Parcel {
  return decode(encode(new Writer(), parcel))
}

function carried(value: unknown): unknown {
  const [message] = again({ from: 'a', to: 'b', messages: [reply(value)] }).messages
  return message?.kind === 'reply' && message.result.kind === 'done' && message.result.outcome.ok
    ? message.result.outcome.value
    : undefined
}

function reply(value: unknown): Message {
  const place = { history: '1:a', offset: 3, time: 1.7e12 }
  return {
    kind: 'reply',
    term: 2,
    seq: 9,
    result: { kind: 'done', outcome: { ok: true, value }, place, logged: true },
  }
}

function entryOf(offset: number): LogEntry {
  const command = { name: 'set', args: [`user:${offset}`, 'x'.repeat(100), undefined] }
  const operations = [{ kind: 'run' as const, command }]
  const id = { origin: 'node-a', seq: offset }
  return { term: 3, offset, time: 1.7e12 + offset, operations, id, floor: offset - 5 }
}

function append(entries: Stretch): Message {
  const at = { commit: 1, commitTime: 1, tail: 1, time: 1, stamp: 1, heard: null }
  return { kind: 'append', term: 1, previous: { offset: entries.first - 1, term: 1 }, entries, ...at }
}

function faultOf(bytes: Uint8Array): string {
  try {
    decode(bytes)
    return 'none'
  } catch (error) {
    if (error instanceof WireError) return error.fault
    throw error
  }
}

test('D2: every message is the same on the other side', () => {
  fc.assert(
    fc.property(anyParcel(), (parcel) => {
      expect(again(parcel)).toStrictEqual(parcel)
    }),
    { numRuns: 1_000 },
  )
})

test('D2: every value is the same on the other side: prototype, -0, NaN and halves of surrogates too', () => {
  fc.assert(
    fc.property(anyValue(), (value) => {
      expect(carried(value)).toStrictEqual(value)
    }),
    { numRuns: 3_000 },
  )
  for (const number of [-0, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53), 0.1])
    expect(Object.is(carried(number), number)).toBe(true)
})

test('D2: no character of a text is lost, whatever its length', () => {
  for (const unit of ['a', 'é', 'Ω', '😀', '\uD83D', '\uDE00', '\0'])
    for (const length of [0, 1, 31, 32, 63, 64, 65, 127, 128, 5_000]) {
      const text = unit.repeat(length)
      expect(carried(text)).toBe(text)
      expect(carried(`${text}!`)).toBe(`${text}!`)
    }
})

test('a name that is a prototype elsewhere is only a name', () => {
  const value: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}')
  const found = carried(value)
  expect(Object.keys(Object(found))).toEqual(['__proto__', 'constructor'])
  expect(Object.getPrototypeOf(found)).toBe(Object.prototype)
  expect(Object(found).polluted).toBeUndefined()
})

test('every kind of message has a number, and every number a shape', () => {
  expect([...kinds].sort()).toEqual(Object.keys(shapes).sort())
})

test('every command of the table goes over by its name', () => {
  for (const name of Object.keys(commands)) {
    const command = { name, args: ['key', { nx: true }, undefined, [['field', 1.5]]] }
    const parcel: Parcel = {
      from: 'a~0',
      to: 'b~0',
      messages: [
        {
          kind: 'forward',
          term: 1,
          id: { origin: 'a', seq: 1 },
          floor: 1,
          command,
          ack: 'in-sync',
          until: 5,
          wait: 0,
        },
      ],
    }
    expect(again(parcel)).toStrictEqual(parcel)
  }
})

test('D3: entries of the log are the same again, whatever stands before them', () => {
  fc.assert(
    fc.property(anyEntries(), (entries) => {
      const { first, length, bytes } = Stretch.of(entries)
      expect(new Stretch(first, length, bytes).entries).toStrictEqual(entries)
    }),
    { numRuns: 1_000 },
  )
})

test('D3: bytes that are no entries are refused on their way in', () => {
  const { first, length, bytes } = Stretch.of([entryOf(5), entryOf(6)])
  const told = (stretch: Stretch) => encode(new Writer(), { from: 'a', to: 'b', messages: [append(stretch)] })
  expect(faultOf(told(new Stretch(first, length, bytes)))).toBe('none')
  expect(faultOf(told(new Stretch(first, length + 1, bytes)))).toBe('TRUNCATED')
  expect(faultOf(told(new Stretch(first, length - 1, bytes)))).toBe('MALFORMED')
  // The second leans on the first.
  const { ends } = Stretch.of([entryOf(5)])
  expect(faultOf(told(new Stretch(first, 1, bytes.subarray(ends[0]))))).toBe('MALFORMED')
})

test('what many messages of a parcel say is said once', () => {
  const messages = Array.from({ length: 100 }, () => reply(null))
  const bytes = encode(new Writer(), { from: 'a', to: 'b', messages })
  expect(decode(bytes).messages).toStrictEqual(messages)
  expect(bytes.length / 100).toBeLessThan(18)
  // The next parcel begins with nothing.
  const writer = new Writer()
  for (let turn = 0; turn < 2; turn++)
    expect(decode(encode(writer, { from: 'a', to: 'b', messages })).messages).toStrictEqual(messages)
  const begin = Uint8Array.of(VERSION, 0x40, 0x40, kinds.indexOf('reply'), 0x81, 0x81, 0, 0xff, 0x00, 0x07)
  expect(faultOf(begin)).toBe('MALFORMED')
})

test('a large message leaves no large memory behind', () => {
  const writer = new Writer()
  const large = encode(writer, { from: 'a', to: 'b', messages: [reply('x'.repeat(20 << 20))] })
  const small = encode(writer, { from: 'a', to: 'b', messages: [reply('x')] })
  expect(large.buffer.byteLength).toBeGreaterThan(20 << 20)
  expect(small.buffer.byteLength).toBeLessThanOrEqual(1 << 20)
  expect(decode(large).messages).toHaveLength(1)
  expect(decode(small).messages).toEqual([reply('x')])
})

test('what has no bytes is refused, and leaves no trace', () => {
  const writer = new Writer()
  const entries = Stretch.of([entryOf(1)])
  const deep = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner], 1)
  for (const [value, fault] of [
    [() => 1, 'UNENCODABLE'],
    [new Map(), 'UNENCODABLE'],
    [1n, 'UNENCODABLE'],
    [Symbol('s'), 'UNENCODABLE'],
    [new AbortController().signal, 'UNENCODABLE'],
    [deep, 'TOO_DEEP'],
  ])
    expect(() => encode(writer, { from: 'a', to: 'b', messages: [append(entries), reply(value)] })).toThrow(
      expect.objectContaining({ name: 'WireError', fault }),
    )
  const parcel = { from: 'a', to: 'b', messages: [append(entries), reply('well')] }
  expect(decode(encode(writer, parcel))).toStrictEqual(parcel)
})

test('D12: another version is refused', () => {
  const bytes = encode(new Writer(), { from: 'a', to: 'b', messages: [] })
  bytes[0] = VERSION + 1
  expect(faultOf(bytes)).toBe('VERSION')
})

test('D12: an unknown kind is refused', () => {
  expect(faultOf(Uint8Array.of(VERSION, 0x40, 0x40, 200))).toBe('MALFORMED')
})

test('D12: whatever random bytes come, the fault has a name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isOurs) => {
      // With the right beginning they get further.
      const tried = isOurs ? Uint8Array.of(VERSION, 0x40, 0x40, ...bytes) : bytes
      expect(['none', 'VERSION', 'TRUNCATED', 'MALFORMED', 'TOO_DEEP']).toContain(faultOf(tried))
    }),
    { numRuns: 10_000 },
  )
})

test('D12: a changed, shortened or prolonged message is read or refused, and costs no more than its bytes', () => {
  const change = fc.tuple(fc.nat(), fc.nat(255))
  fc.assert(
    fc.property(
      anyParcel(),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      (parcel, changes, cut) => {
        const bytes = Uint8Array.from(encode(new Writer(), parcel))
        for (const [place, byte] of changes) bytes[place % bytes.length] = byte
        faultOf(bytes)
        faultOf(bytes.subarray(0, cut % bytes.length))
      },
    ),
    { numRuns: 3_000 },
  )
})

test('D12: every shortened message is refused', () => {
  fc.assert(
    fc.property(anyMessage(), fc.nat(), (message, cut) => {
      const bytes = encode(new Writer(), { from: '', to: '', messages: [message] })
      const kept = 4 + (cut % (bytes.length - 4))
      expect(faultOf(bytes.subarray(0, kept))).not.toBe('none')
    }),
    { numRuns: 3_000 },
  )
})

test('D12: an announced length is no reason to reserve memory', () => {
  const huge = [0xff, 0xff, 0xff, 0xff, 0x7f]
  const forms = [0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x0e].map((form) => [form, ...huge])
  const before = process.memoryUsage().rss
  for (const form of forms) {
    // A reply that is done and begins with the form.
    const bytes = Uint8Array.of(VERSION, 0x40, 0x40, kinds.indexOf('reply'), 0x81, 0x81, 0, 0xff, ...form)
    for (let turn = 0; turn < 1_000; turn++) expect(faultOf(bytes)).toBe('TRUNCATED')
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20)
})

test('values within values end before the stack does', () => {
  const nested = new Uint8Array(100_000).fill(0x0c)
  for (let place = 1; place < nested.length; place += 2) nested[place] = 1
  const head = [VERSION, 0x40, 0x40, kinds.indexOf('reply'), 0x81, 0x81, 0, 0xff]
  expect(faultOf(Uint8Array.from([...head, ...nested]))).toBe('TOO_DEEP')
})

test('entries are shorter than as JSON', () => {
  const entries = Array.from({ length: 100 }, (_, place) => entryOf(100_000 + place))
  const bytes =
    encode(new Writer(), { from: 'a', to: 'b', messages: [append(Stretch.of(entries))] }).length / 100
  expect(bytes).toBeLessThan(135)
  expect(bytes).toBeLessThan(JSON.stringify(entries).length / 100 / 1.8)
})

test('whole keys keep their type, order and expiry', () => {
  const entries: Entry[] = [
    { type: 'string', value: 'a\uD800', expiresAt: null },
    {
      type: 'zset',
      value: [
        ['m', -Infinity],
        ['n', -0],
      ],
      expiresAt: 1.7e12,
    },
  ]
  const message: Message = {
    kind: 'slice',
    term: 1,
    history: 'h',
    snapshot: 1,
    seq: 0,
    end: null,
    pieces: entries.map((entry, place) => [`k${place}`, entry, place > 0] as const),
  }
  expect(again({ from: '', to: '', messages: [message] }).messages).toStrictEqual([message])
})
