import type { Entry } from '@jcache/driver'
import fc, { type Arbitrary } from 'fast-check'
import type { Operation, Piece } from '../data.ts'
import type { LogEntry } from '../log-entry.ts'
import type { Message, Result, SnapshotEnd } from '../message.ts'
import type { Command, Outcome, RequestId } from '../request.ts'
import { Stretch } from '../stretch.ts'
import type { Parcel } from './parcel.ts'

/** Any text that JavaScript has: halves of pairs, zeros, long ones. */
export function anyText(): Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ maxLength: 20 }) },
    fc.string({ unit: 'binary', maxLength: 80 }),
    // Halves of pairs of surrogates too.
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 90 })
      .map((codes) => String.fromCharCode(...codes)),
    fc.constantFrom(
      '',
      '__proto__',
      '\uFEFFmark',
      '\uD800',
      '\uDC00\uD800',
      'é'.repeat(63),
      'a'.repeat(64),
      'ÿ',
      'Ā',
    ),
  )
}

/** Whole numbers, mostly such as offsets and times are; fractions, as clocks tell. */
function anyNumber(): Arbitrary<number> {
  return fc.oneof(
    fc.nat(300),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, min: 0, max: 2 ** 53 }).map((value) => (value === 0 ? 0 : value)),
    fc.constantFrom(
      0,
      127,
      128,
      2 ** 31 - 1,
      2 ** 31,
      2 ** 32,
      2 ** 53 - 1,
      -(2 ** 53) + 1,
      Infinity,
      -Infinity,
    ),
  )
}

export function anyValue(): Arbitrary<unknown> {
  const leaf = fc.oneof(
    anyText(),
    anyNumber(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, NaN, 2 ** 53, 1e300, Number.MIN_VALUE),
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, { weight: 3, arbitrary: leaf }, tie('array'), tie('object')),
    array: fc.array(tie('value'), { maxLength: 5 }),
    object: fc.dictionary(anyText(), tie('value'), { maxKeys: 4, noNullPrototype: false }),
  }))
  return value
}

function anyCommand(): Arbitrary<Command> {
  return record({ name: anyText(), args: fc.array(anyValue(), { maxLength: 4 }) })
}

function anyId(): Arbitrary<RequestId> {
  return record({ origin: fc.constantFrom('a', 'b', 'node-7.f00'), seq: fc.maxSafeInteger() })
}

function anyOutcome(): Arbitrary<Outcome> {
  return fc.oneof(
    record({ ok: fc.constant(true as const), value: anyValue() }),
    record({
      ok: fc.constant(false as const),
      code: fc.constantFrom('WRONG_TYPE' as const, 'INVALID_ARGUMENT' as const, 'CLOSED' as const),
      message: anyText(),
    }),
  )
}

export function anyEntry(): Arbitrary<Entry> {
  const expiresAt = fc.option(anyNumber())
  const list = fc.array(anyText(), { maxLength: 5 })
  const pairs = fc.array(fc.tuple(anyText(), anyText()), { maxLength: 5 })
  const scores = fc.array(fc.tuple(anyText(), fc.double({ noNaN: true })), { maxLength: 5 })
  return fc.oneof(
    record({ type: fc.constant('string' as const), expiresAt, value: anyText() }),
    record({ type: fc.constant('hash' as const), expiresAt, value: pairs }),
    record({ type: fc.constantFrom('list' as const, 'set' as const), expiresAt, value: list }),
    record({ type: fc.constant('zset' as const), expiresAt, value: scores }),
  )
}

function anyOperation(): Arbitrary<Operation> {
  const reply = anyValue().filter((value) => value !== undefined)
  return fc.oneof(
    record({ kind: fc.constant('run' as const), command: anyCommand() }),
    record({ kind: fc.constant('run' as const), command: anyCommand(), reply }),
    record({ kind: fc.constant('load' as const), key: anyText(), entry: anyEntry() }),
    record({ kind: fc.constant('drop' as const), keys: fc.array(anyText(), { maxLength: 4 }) }),
  )
}

function anyPiece(): Arbitrary<Piece> {
  const held = fc.tuple(anyText(), anyEntry(), fc.boolean())
  return fc.oneof(held, fc.tuple(anyText(), fc.constant(null), fc.constant(false)))
}

/** One after the other, mostly as in logs. */
export function anyEntries(): Arbitrary<LogEntry[]> {
  const wild = record({
    term: anyNumber(),
    time: anyNumber(),
    operations: fc.array(anyOperation(), { maxLength: 3 }),
    id: fc.option(anyId()),
    floor: anyNumber(),
  })
  const usual = (place: number) => ({ term: 7, time: 1.7e12 + place, floor: place })
  return fc
    .tuple(fc.array(wild, { maxLength: 4 }), fc.boolean(), fc.integer({ min: 1 }))
    .map(([all, isUsual, first]) =>
      all.map((entry, place) => ({ ...entry, ...(isUsual ? usual(place) : {}), offset: first + place })),
    )
}

function anyPlace(): Arbitrary<{ history: string; offset: number; time: number }> {
  return record({ history: anyText(), offset: anyNumber(), time: anyNumber() })
}

function anyResult(): Arbitrary<Result> {
  return fc.oneof(
    record({
      kind: fc.constant('done' as const),
      outcome: anyOutcome(),
      place: anyPlace(),
      logged: fc.boolean(),
    }),
    record({ kind: fc.constant('refused' as const), why: anyText() }),
    record({ kind: fc.constant('cancelled' as const) }),
  )
}

function anyEnd(): Arbitrary<SnapshotEnd> {
  const done = record({ offset: anyNumber(), time: anyNumber(), outcome: anyOutcome() })
  const requests = fc.array(fc.tuple(anyNumber(), done), { maxLength: 3 })
  return record({
    offset: anyNumber(),
    term: anyNumber(),
    time: anyNumber(),
    digest: anyNumber(),
    requests: fc.array(fc.tuple(anyText(), anyNumber(), anyNumber(), requests), { maxLength: 3 }),
  })
}

type Bodies = { [Name in Message['kind']]: Arbitrary<Omit<Extract<Message, { kind: Name }>, 'kind'>> }

/** Messages of every kind: one that is missing does not compile. */
function bodies(): Bodies {
  const term = anyNumber()
  const seq = anyNumber()
  const spot = fc.option(record({ offset: anyNumber(), term }))
  const span = record({ term, start: anyNumber(), end: anyNumber() })
  return {
    append: fc
      .tuple(
        record({
          term,
          previous: spot,
          entries: fc.constant(Stretch.none),
          commit: anyNumber(),
          commitTime: anyNumber(),
          tail: anyNumber(),
          time: anyNumber(),
          stamp: anyNumber(),
          heard: fc.option(anyNumber()),
        }),
        anyEntries().map(Stretch.of),
      )
      .map(([message, entries]) => {
        if (entries.length === 0) return message
        return { ...message, previous: { offset: entries.first - 1, term: message.term }, entries }
      }),
    ack: record({
      term,
      match: fc.option(anyNumber()),
      applied: anyNumber(),
      digest: fc.nat(2 ** 31 - 1),
      promised: anyNumber(),
      stamp: anyNumber(),
    }),
    hello: record({
      term,
      history: fc.option(anyText()),
      spans: fc.array(span, { maxLength: 4 }),
      last: anyNumber(),
      applied: anyNumber(),
      time: anyNumber(),
    }),
    welcome: record({ term, history: anyText(), keep: anyNumber() }),
    restart: record({ term, why: anyText() }),
    slice: record({
      term,
      history: anyText(),
      snapshot: anyNumber(),
      seq,
      pieces: fc.array(anyPiece(), { maxLength: 4 }),
      end: fc.option(anyEnd()),
    }),
    sliced: record({ term, snapshot: anyNumber(), seq }),
    forward: record({
      term,
      id: anyId(),
      floor: anyNumber(),
      command: anyCommand(),
      ack: fc.oneof(fc.constantFrom('in-sync' as const, 'leader' as const), fc.nat(9)),
      until: anyNumber(),
      wait: anyNumber(),
    }),
    reply: record({ term, seq, result: anyResult() }),
    cancel: record({ term, id: anyId() }),
    ask: record({ term, seq }),
    place: record({ term, seq, place: anyPlace(), tail: anyNumber() }),
    probe: record({ term }),
    probed: record({ term, hears: fc.boolean(), last: spot }),
    transfer: record({ term, time: anyNumber() }),
    leave: record({ term }),
    left: record({ term }),
    fenced: record({ term }),
    stay: record({ term, seqs: fc.array(seq, { maxLength: 4 }) }),
    astray: record({ term, seqs: fc.array(seq, { maxLength: 4 }) }),
  }
}

export function anyMessage(): Arbitrary<Message> {
  const all = Object.entries(bodies()).map(([kind, body]: [string, Arbitrary<object>]) =>
    body.map((fields) => ({ kind, ...fields })),
  )
  // Each body was made for its kind.
  return fc.oneof(...all) as Arbitrary<unknown> as Arbitrary<Message>
}

export function anyParcel(): Arbitrary<Parcel> {
  return record({ from: anyText(), to: anyText(), messages: fc.array(anyMessage(), { maxLength: 4 }) })
}

/** As literals are: fast-check's own sometimes have no prototype. */
function record<Shape extends object>(
  model: { [Name in keyof Shape]: Arbitrary<Shape[Name]> },
): Arbitrary<Shape> {
  return fc.record(model, { noNullPrototype: true }) as Arbitrary<unknown> as Arbitrary<Shape>
}
