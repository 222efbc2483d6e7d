import { expect, test } from 'vitest'
import { type Call, code } from './call.ts'
import { generate } from './generate.ts'
import { minimise } from './minimise.ts'

const calls = generate(1, 1_000)

/** Fails where these commands follow each other, whatever comes between. */
const follow =
  (...wanted: readonly string[]) =>
  async (calls: readonly Call[]) => {
    let at = 0
    for (const { name } of calls) if (name === wanted[at]) at++
    return at === wanted.length
  }

test('only the calls that are needed are left, in their order', async () => {
  const smallest = await minimise(calls, follow('zadd', 'del', 'zadd', 'get'))
  expect(smallest.map(({ name }) => name)).toEqual(['zadd', 'del', 'zadd', 'get'])
})

test('only the arguments that are needed are left', async () => {
  const smallest = await minimise(calls, async (calls) =>
    calls.some(({ name, args }) => name === 'rpush' && args.length > 2 && args.includes('')),
  )
  expect(smallest.map(code)).toEqual([
    expect.stringMatching(/^await client\.rpush\("[^"]*", ("", "a"|"a", "")\)$/),
  ])
})

test('times stay as long as they are: a short one is over on one side before the other is asked', async () => {
  const expiry: Call = { name: 'expire', args: ['string1', 100_000] }
  const smallest = await minimise([expiry, ...calls], async (calls) =>
    calls.some(({ name, args }) => name === 'expire' && Number(args[1]) > 0),
  )
  expect(smallest).toEqual([expiry])
})

test('it ends after so many trials, with the smallest so far', async () => {
  let trials = 0
  const fails = async (shorter: readonly Call[]) => {
    trials++
    return follow('zadd')(shorter)
  }
  expect((await minimise(calls, fails, 3)).length).toBe(250)
  expect(trials).toBe(3)
})
