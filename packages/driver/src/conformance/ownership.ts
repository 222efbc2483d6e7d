import type { Check } from './check.ts'
import { expectEqual } from './equal.ts'

/** Arguments and answers are the caller's: to change them changes nothing that is kept. */
export function ownershipChecks(): Check[] {
  return [
    {
      name: 'ownership: what lrange answered may be changed',
      run: async ({ commands: c }, key) => {
        await c.rpush(key, 'b', 'a')
        const values = await c.lrange(key, 0, -1)
        values.sort().push('c')
        expectEqual(await c.lrange(key, 0, -1), ['b', 'a'], 'lrange answered')
      },
    },
    {
      name: 'ownership: what smembers answered may be changed',
      run: async ({ commands: c }, key) => {
        await c.sadd(key, 'a', 'b')
        const members = await c.smembers(key)
        members.splice(0, 2, 'c')
        expectEqual(new Set(await c.smembers(key)), new Set(['a', 'b']), 'smembers answered')
      },
    },
    {
      name: 'ownership: what hgetall answered may be changed',
      run: async ({ commands: c }, key) => {
        await c.hset(key, { a: '1' })
        const fields = await c.hgetall(key)
        Object.assign(fields, { a: '2', b: '3' })
        expectEqual(await c.hgetall(key), { a: '1' }, 'hgetall answered')
      },
    },
    {
      name: 'ownership: what zrange answered may be changed',
      run: async ({ commands: c }, key) => {
        await c.zadd(key, { a: 1, b: 2 })
        const members = await c.zrange(key, 0, -1, { withScores: true })
        for (const pair of members.reverse()) pair[1] = 9
        expectEqual(
          await c.zrange(key, 0, -1, { withScores: true }),
          [
            ['a', 1],
            ['b', 2],
          ],
          'zrange answered',
        )
      },
    },
    {
      name: 'ownership: arguments may be changed after the call',
      run: async ({ commands: c }, key) => {
        const fields = new Map([['a', '1']])
        const members: [string, number][] = [['a', 1]]
        const calls = [c.hset(`${key}hash`, fields), c.zadd(`${key}zset`, members)]
        fields.set('b', '2')
        members[0] = ['b', 9]
        members.push(['c', 3])
        await Promise.all(calls)
        expectEqual(await c.hgetall(`${key}hash`), { a: '1' }, 'hgetall answered')
        expectEqual(await c.zrange(`${key}zset`, 0, -1), ['a'], 'zrange answered')
      },
    },
    {
      name: 'ownership: answers of calls at once belong to their calls',
      run: async ({ commands: c }, key) => {
        const numbers = Array.from({ length: 100 }, (_, n) => String(n))
        await Promise.all(numbers.map((n) => c.set(key + n, n)))
        expectEqual(await Promise.all(numbers.map((n) => c.get(key + n))), numbers, 'get answered')
      },
    },
  ]
}
