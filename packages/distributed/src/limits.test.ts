import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DistributedDriver, distributed } from './distributed.ts'
import { nodes, until } from './nodes.fixture.ts'
import { faultOf } from './weight.ts'
import { Reader } from './wire/reader.ts'
import { readValue, writeValue } from './wire/value.ts'
import { Writer } from './wire/writer.ts'

const { add, close } = nodes(distributed)
let leader: DistributedDriver
let follower: DistributedDriver
beforeAll(async () => {
  leader = await add(small)
  follower = await add(small)
})
afterAll(close)

/** Half a megabyte, of which a command may take 393,216 bytes. */
const small = { maxMessage: '512kb', window: '128kb' } as const
const tooMuch = 'x'.repeat(400_000)

test('S1: what passes can be said in as many bytes', () => {
  const writer = new Writer()
  const text = fc.string({ unit: fc.constantFrom('a', 'ß', '語', '😀', '\ud800'), maxLength: 80 })
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('record'),
    ),
    list: fc.array(tie('value')),
    record: fc.dictionary(text, tie('value')),
  })).value
  fc.assert(
    fc.property(value, (value) => {
      writeValue(writer, value)
      const bytes = writer.finish()
      expect(readValue(new Reader(bytes))).toEqual(value)
      expect(faultOf(value, bytes.length - 1)).not.toBeNull()
      // Not much more is asked for than is needed, but for texts that are no Unicode.
      expect(faultOf(value, 16 * bytes.length)).toBeNull()
    }),
  )
  for (const none of [new Map(), () => 1, Symbol('a'), 1n, new Date()])
    expect(faultOf([none], 1_000)).toContain('no data')
})

test('S1: a command that no message carries is refused on every node, and nothing else is', async () => {
  for (const node of [leader, follower]) {
    const { commands } = node
    const refused = expect.objectContaining({ code: 'INVALID_ARGUMENT' })
    const call = async (made: () => unknown) => made()
    await expect(call(() => commands.set('key', tooMuch))).rejects.toThrow(refused)
    await expect(
      call(() => commands.rpush('key', tooMuch.slice(200_000), tooMuch.slice(150_000))),
    ).rejects.toThrow(refused)
    const endless: unknown[] = []
    endless.push(endless)
    // What no client lets through, and JavaScript may still call.
    const { set } = commands as unknown as { set(...args: readonly unknown[]): unknown }
    for (const none of [new Map(), () => 1, 1n, endless])
      await expect(call(() => set('key', 'text', { none }))).rejects.toThrow(refused)
    expect(await commands.exists('key')).toBe(0)
    expect(await commands.set('fits', tooMuch.slice(10_000))).toBe(true)
    expect(await commands.strlen('fits')).toBe(390_000)
    await commands.del('fits')
  }
  expect(follower.status()?.network?.faults).toEqual({})
})

test('S1: what is taken by chance is not more than a message carries; nothing is taken then', async () => {
  for (let at = 0; at < 10; at++) await follower.commands.sadd('set', `${at}${'x'.repeat(30_000)}`)
  for (const { commands } of [leader, follower]) {
    await expect((async () => commands.spop('set', 10))()).rejects.toThrow(
      expect.objectContaining({ code: 'OUT_OF_RANGE' }),
    )
    expect(await commands.scard('set')).toBe(10)
  }
  expect(await follower.commands.spop('set', 3)).toHaveLength(3)
  expect(await follower.commands.spop('set')).toContain('xxx')
  expect(await follower.commands.scard('set')).toBe(6)
  expect(await leader.commands.scard('set')).toBe(6)
})

test('S1: an answer that no message carries is told, and what it is about has happened everywhere', async () => {
  const fill = async () => {
    for (let at = 0; at < 6; at++) await follower.commands.rpush('list', tooMuch.slice(300_000))
  }
  await fill()
  await expect((async () => follower.commands.lpop('list', 6))()).rejects.toThrow(/executed, but its answer/)
  expect(await follower.commands.exists('list')).toBe(0)
  expect(await leader.commands.exists('list')).toBe(0)
  await fill()
  expect(await leader.commands.lpop('list', 6)).toHaveLength(6)
})

test('S1: what has become larger than a message goes to who joins', async () => {
  const part = `${'語'.repeat(40_000)}😀`
  for (let at = 0; at < 10; at++) await leader.commands.append('text', part)
  const joining = await add(small)
  await until(joining, ({ role }) => role === 'follower')
  expect(await joining.commands.get('text')).toBe(part.repeat(10))
})
