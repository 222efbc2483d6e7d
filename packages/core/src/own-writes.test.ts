import { memory } from '@jcache/memory'
import { redis } from '@jcache/redis'
import { Redis } from 'ioredis'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { createClient } from './index.ts'

const WAIT = { timeout: 20_000, interval: 5 }
const prefix = `own-writes:${process.pid}:`

/** Clients over one tier, each with copies of its own, and somebody else. */
async function clients(count: number) {
  const url = inject('redisUrl')
  const foreign = new Redis(url)
  const shared = redis(url)
  const made = Array.from({ length: count }, () => createClient([memory(), shared]))
  onTestFinished(async () => {
    await Promise.all(made.map((client) => client.close()))
    foreign.disconnect()
  })
  await vi.waitFor(() => expect(made.every(({ stream }) => stream === 'live')).toBe(true), WAIT)
  /** Waits until all that the server has told by now was heard. */
  const heard = async () => {
    const mark = `${prefix}mark`
    await foreign.set(mark, '1')
    for (const client of made) {
      await vi.waitFor(async () => {
        await client.get(mark)
        expect(client.peek(mark)).toBe('1')
      }, WAIT)
    }
    await foreign.set(mark, '2')
    for (const client of made) await vi.waitFor(() => expect(client.peek(mark)).toBe(undefined), WAIT)
  }
  return { made, foreign, heard }
}

test('T3: what an own write carries stays near, when the server has told all that it tells', async () => {
  const { made, foreign, heard } = await clients(1)
  const [client] = made
  const [text, other, number] = [`${prefix}text`, `${prefix}other`, `${prefix}number`]
  await client?.set(text, '1', { ttl: '1m' })
  await client?.mset({ [other]: '2', [number]: '3' })
  await client?.incr(number)
  await heard()
  expect([text, other, number].map((key) => client?.peek(key))).toEqual(['1', '2', undefined])
  expect(await client?.get(number)).toBe('4')
  await foreign.set(text, 'changed')
  await vi.waitFor(() => expect(client?.peek(text)).toBe(undefined), WAIT)
  await foreign.del(text, other, number)
})

test('C1, C3: a client is told what another client over the same tier writes', async () => {
  const { made, foreign, heard } = await clients(2)
  const [one, two] = made
  const key = `${prefix}shared`
  for (let round = 0; round < 50; round++) {
    await one?.set(key, `one ${round}`)
    expect(await two?.get(key)).toBe(`one ${round}`)
    // Asked for before, and answered after the write began.
    const [asked] = await Promise.all([two?.get(key), one?.append(key, '!'), two?.get(key)])
    expect([`one ${round}`, `one ${round}!`]).toContain(asked)
    expect(await two?.get(key)).toBe(`one ${round}!`)
    await Promise.all([two?.set(key, `two ${round}`), one?.get(key), one?.set(key, `three ${round}`)])
    expect(await one?.get(key)).toBe(await foreign.get(key))
    expect(await two?.get(key)).toBe(await foreign.get(key))
  }
  await heard()
  expect(await two?.get(key)).toBe(await foreign.get(key))
  await foreign.del(key)
})
