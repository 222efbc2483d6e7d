import { codeOf, commands as table } from '@jcache/driver'
import { Redis } from 'ioredis'
import { beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { redis } from './index.ts'

let driver: ReturnType<typeof redis>
let key: string
let tests = 0

beforeAll(() => {
  driver = redis(inject('redisUrl'))
  return () => driver.close?.()
})
beforeEach(() => {
  key = `redis:${process.pid}:${tests++}`
})

const failureOf = (call: unknown) =>
  Promise.resolve(call).then(
    () => undefined,
    (error: unknown) => error,
  )

test('K4: a shared driver with every command of the table', () => {
  expect(driver).toMatchObject({ name: 'redis', scope: 'shared' })
  expect(Object.keys(driver.commands).sort()).toEqual(Object.keys(table).sort())
})

describe('S1: what is stored is data', () => {
  test('a field called __proto__', async () => {
    const { commands } = driver
    await commands.hset(key, [
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    const record = await commands.hgetall(key)
    expect(Object.getPrototypeOf(record)).toBe(null)
    expect(Object.entries(record).sort()).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    expect(Reflect.get({}, 'x')).toBe(undefined)
  })

  test('words of the protocol', async () => {
    const { commands } = driver
    const text = 'x\r\n*1\r\n$8\r\nFLUSHALL\r\n'
    await commands.set(key + text, text, { nx: true })
    expect(await commands.get(key + text)).toBe(text)
  })
})

describe('K2: integers are exact, or an error', () => {
  const most = Number.MAX_SAFE_INTEGER

  test('up to 2^53 - 1', async () => {
    const { commands } = driver
    for (let at = 0; at < 100; at++) {
      await commands.set(key, String(most - at - 1))
      expect(await commands.incrby(key, 1)).toBe(most - at)
    }
    await commands.hset(key + 1, [['f', String(-most + 1)]])
    expect(await commands.hincrby(key + 1, 'f', -1)).toBe(-most)
  })

  test('a sum beyond is refused, and changes nothing', async () => {
    const { commands } = driver
    await commands.set(key, String(most))
    const error = await failureOf(commands.incrby(key, 1))
    expect(codeOf(error)).toBe('OUT_OF_RANGE')
    expect(String(error)).toContain(`incrby "${key}"`)
    expect(await commands.get(key)).toBe(String(most))
    await commands.set(key, String(-most))
    expect(codeOf(await failureOf(commands.incrby(key, -most)))).toBe('OUT_OF_RANGE')
    expect(await commands.get(key)).toBe(String(-most))
    await commands.hset(key + 1, [['f', '9007199254740993']])
    expect(codeOf(await failureOf(commands.hincrby(key + 1, 'f', 1)))).toBe('OUT_OF_RANGE')
    expect(await commands.hget(key + 1, 'f')).toBe('9007199254740993')
  })

  test('a sum beyond 64 bits is the refusal of the server', async () => {
    const { commands } = driver
    await commands.set(key, '9223372036854775807')
    expect(codeOf(await failureOf(commands.incrby(key, 1)))).toBe('OUT_OF_RANGE')
    expect(await commands.get(key)).toBe('9223372036854775807')
  })

  test('also with a client of yours, which reads numbers less exactly', async () => {
    const client = new Redis(inject('redisUrl'))
    const { commands, close } = redis(client)
    for (let at = 0; at < 100; at++) {
      await commands.set(key, String(most - at - 1))
      const sum = await Promise.resolve(commands.incrby(key, 1)).catch(codeOf)
      if (at >= 48) expect(sum).toBe(most - at)
      else {
        expect(sum).toBe('OUT_OF_RANGE')
        expect(await commands.get(key)).toBe(String(most - at - 1))
      }
    }
    await close?.()
    client.disconnect()
  })
})

describe('K5: errors', () => {
  test('name the command and the key, and keep the cause', async () => {
    const { commands } = driver
    await commands.set(key, 'text')
    const error = await failureOf(commands.lpush(key, 'secret value'))
    expect(error).toMatchObject({
      code: 'WRONG_TYPE',
      message: expect.stringContaining(`lpush "${key}"`),
      cause: { name: 'ReplyError', message: expect.stringContaining('WRONGTYPE') },
    })
    expect(JSON.stringify(error)).not.toContain('secret value')
  })

  test('show no more than the beginning of a long key', async () => {
    const { commands } = driver
    const long = key + 'x'.repeat(10_000)
    await commands.set(long, 'text')
    expect(String(await failureOf(commands.llen(long))).length).toBeLessThan(300)
  })
})
