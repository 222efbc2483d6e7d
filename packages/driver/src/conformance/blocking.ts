import type { Commands } from '../commands/index.ts'
import type { Check } from './check.ts'
import { expectCode, expectEqual, Unmet } from './equal.ts'
import { NotOffered } from './not-offered.ts'
import type { Subject } from './subject.ts'
import { pause } from './until.ts'
import { waiting } from './waiting.ts'

/** What waits for values: how they are put there, taken, and looked at. */
export interface Waits {
  readonly pop: Commands['blpop']
  readonly push: (key: string, ...values: string[]) => Promise<number>
  readonly values: (key: string) => Promise<string[]>
}

/** A pop that waits, or a move, is served by other calls, in order, once, and ends by its timeout or signal. */
export function blockingChecks(waits: Readonly<Record<string, (c: Commands) => Waits>>): Check[] {
  return Object.entries(waits).flatMap(([command, waitsOn]) =>
    rules()
      .filter(({ severalKeys }) => !(severalKeys && command === 'blmove'))
      .map(({ name, run }) => ({
        name: `${command}: ${name}`,
        run: ({ commands }: Subject, key: string) => run(waitsOn(commands), key, commands),
      })),
  )
}

/** What takes values out of lists: a move does so from one key. */
export function listWaits(): Readonly<Record<string, (c: Commands) => Waits>> {
  const on = (c: Commands) => ({
    push: c.rpush,
    values: (key: string) => c.lrange(key, 0, -1),
  })
  return {
    blpop: (c) => ({ ...on(c), pop: c.blpop }),
    brpop: (c) => ({ ...on(c), pop: c.brpop }),
    blmove: (c) => ({
      ...on(c),
      pop: async (key, timeout, options) => {
        const value = await c.blmove(String(key), `${key}moved`, 'left', 'right', timeout, options)
        return value === null ? null : [String(key), value]
      },
    }),
  }
}

/** What takes members out of sorted sets; values become members with the scores 0, 1, 2… */
export function sortedSetWaits(): Readonly<Record<string, (c: Commands) => Waits>> {
  const on = (c: Commands, pop: Commands['bzpopmin']): Waits => ({
    pop: async (...args) => {
      const popped = await pop(...args)
      return popped && [popped[0], popped[1]]
    },
    push: (key, ...values) => c.zadd(key, Object.fromEntries(values.map((value, at) => [value, at]))),
    values: (key) => c.zrange(key, 0, -1),
  })
  return { bzpopmin: (c) => on(c, c.bzpopmin), bzpopmax: (c) => on(c, c.bzpopmax) }
}

interface Rule {
  readonly name: string
  readonly severalKeys?: true
  readonly run: (waits: Waits, key: string, c: Commands) => Promise<void>
}

function rules(): readonly Rule[] {
  return [
    {
      name: 'waits for a value, which a call from elsewhere brings',
      run: async ({ pop, push }, key, c) => {
        const popped = waiting(pop(key, '10s'))
        await pause(20)
        expectEqual(await push(key, 'value'), 1, 'the push answered')
        expectEqual(await popped, [key, 'value'], 'the pop answered')
        expectEqual(await c.exists(key), 0, 'exists answered')
      },
    },
    {
      name: 'waits for the first of several keys to be filled',
      severalKeys: true,
      run: async ({ pop, push, values }, key) => {
        const popped = waiting(pop([`${key}a`, `${key}b`], '10s'))
        await pause(20)
        await push(`${key}b`, 'value')
        expectEqual(await popped, [`${key}b`, 'value'], 'the pop answered')
        await push(`${key}a`, 'kept')
        expectEqual(await values(`${key}a`), ['kept'], 'the other key, no longer waited for, holds')
      },
    },
    {
      name: 'waits for ever with a timeout of 0',
      run: async ({ pop, push }, key) => {
        const popped = waiting(pop(key, 0))
        await pause(50)
        await push(key, 'value')
        expectEqual(await popped, [key, 'value'], 'the pop answered')
      },
    },
    {
      name: 'serves who waits longest first',
      run: ({ pop, push }, key) =>
        inTime(async (wait, attempt) => {
          const own = key + attempt
          const waiters: Promise<unknown>[] = []
          for (let n = 0; n < 3; n++) {
            waiters.push(waiting(pop(own, '10s')))
            await pause(wait)
          }
          for (const value of ['1', '2', '3']) await push(own, value)
          const wanted = ['1', '2', '3'].map((value) => [own, value])
          expectEqual(await Promise.all(waiters), wanted, 'the pops, in the order of their calls, answered')
        }),
    },
    {
      name: 'gives what one call brings to as many as wait',
      run: async ({ pop, push, values }, key) => {
        const waiters = [waiting(pop(key, '10s')), waiting(pop(key, '10s'))]
        await pause(20)
        expectEqual(await push(key, 'a', 'b', 'c'), 3, 'the push answered')
        const served = (await Promise.all(waiters)).map((popped) => popped?.[1]).concat(await values(key))
        expectEqual(served.sort(), ['a', 'b', 'c'], 'pops and key together hold')
      },
    },
    {
      name: 'answers null after the timeout, not before, and takes nothing later',
      run: async ({ pop, push, values }, key) => {
        const start = performance.now()
        expectEqual(await pop(key, 60), null, 'the pop answered')
        const waited = performance.now() - start
        if (waited < 55) throw new Unmet(`the pop waited ${waited} ms, wanted 60`, 60, waited)
        await push(key, 'value')
        expectEqual(await values(key), ['value'], 'the key holds')
      },
    },
    {
      name: 'is not woken by another type, but by its own after it',
      run: ({ pop, push }, key, c) =>
        inTime(async (wait, attempt) => {
          const own = key + attempt
          const popped = waiting(pop(own, '10s'))
          await pause(wait)
          await c.set(own, 'text')
          await c.del(own)
          await push(own, 'value')
          expectEqual(await popped, [own, 'value'], 'the pop answered')
        }),
    },
    {
      name: 'ends by its signal with ABORTED and takes nothing',
      run: async ({ pop, push, values }, key) => {
        const controller = new AbortController()
        const popped = waiting(pop(key, '10s', { signal: controller.signal }))
        await pause(20)
        controller.abort()
        await expectCode(popped, 'ABORTED', 'the pop')
        await push(key, 'value')
        await pause(20)
        expectEqual(await values(key), ['value'], 'the key holds')
      },
    },
    {
      name: 'takes nothing under a signal that was aborted before',
      run: async ({ pop, push, values }, key) => {
        await push(key, 'value')
        await expectCode(pop(key, '10s', { signal: AbortSignal.abort() }), 'ABORTED', 'the pop')
        expectEqual(await values(key), ['value'], 'the key holds')
      },
    },
    {
      name: 'lets go of its signal once it is served',
      run: async ({ pop, push }, key) => {
        const controller = new AbortController()
        await push(key, 'value')
        expectEqual(await pop(key, '10s', { signal: controller.signal }), [key, 'value'], 'the pop answered')
        controller.abort()
        await push(key, 'next')
        expectEqual(await pop(key, '10s'), [key, 'next'], 'the next pop answered')
      },
    },
    {
      name: 'keeps no other call waiting',
      run: async ({ pop, push }, key, c) => {
        const waiters = Array.from({ length: 4 }, () => waiting(pop(key, '10s')))
        await pause(20)
        await c.set(`${key}b`, 'text')
        expectEqual(await c.get(`${key}b`), 'text', 'get answered')
        await push(key, '1', '2', '3', '4')
        const served = (await Promise.all(waiters)).map((popped) => popped?.[1])
        expectEqual(served.sort(), ['1', '2', '3', '4'], 'the pops answered')
      },
    },
  ]
}

/**
 * For rules on calls that wait already: nobody can see that a call has reached a server, so it gets time for that, and
 * where it was overtaken all the same, more time.
 */
async function inTime(run: (wait: number, attempt: number) => Promise<void>): Promise<void> {
  for (let attempt = 0, wait = 20; ; attempt++, wait *= 5) {
    try {
      return await run(wait, attempt)
    } catch (error) {
      if (attempt === 2 || error instanceof NotOffered) throw error
    }
  }
}
