import type { Check } from './check.ts'
import { expectCode, expectEqual, Unmet } from './equal.ts'
import { NotOffered } from './not-offered.ts'
import type { Subject } from './subject.ts'
import { pause } from './until.ts'
import { waiting } from './waiting.ts'

/** A pop that waits, or a move, is served by other calls, in order, once, and ends by its timeout or signal. */
export function blockingChecks(): Check[] {
  return Object.entries(pops()).flatMap(([command, popOf]) =>
    rules()
      .filter(({ severalKeys }) => !(severalKeys && command === 'blmove'))
      .map(({ name, run }) => ({
        name: `${command}: ${name}`,
        run: (subject: Subject, key: string) => run(subject, key, popOf(subject)),
      })),
  )
}

type Pop = Subject['commands']['blpop']

/** What takes a value out of a list: a move does so from one key. */
function pops(): Readonly<Record<string, (subject: Subject) => Pop>> {
  return {
    blpop: ({ commands }) => commands.blpop,
    brpop: ({ commands }) => commands.brpop,
    blmove:
      ({ commands }) =>
      async (key, timeout, options) => {
        const value = await commands.blmove(String(key), `${key}moved`, 'left', 'right', timeout, options)
        return value === null ? null : [String(key), value]
      },
  }
}

interface Rule {
  readonly name: string
  readonly severalKeys?: true
  readonly run: (subject: Subject, key: string, pop: Pop) => Promise<void>
}

function rules(): readonly Rule[] {
  return [
    {
      name: 'waits for a value, which a push from elsewhere brings',
      run: async ({ commands: c }, key, pop) => {
        const popped = waiting(pop(key, '10s'))
        await pause(20)
        expectEqual(await c.rpush(key, 'value'), 1, 'rpush answered')
        expectEqual(await popped, [key, 'value'], 'the pop answered')
        expectEqual(await c.exists(key), 0, 'exists answered')
      },
    },
    {
      name: 'waits for the first of several keys to be filled',
      severalKeys: true,
      run: async ({ commands: c }, key, pop) => {
        const popped = waiting(pop([`${key}a`, `${key}b`], '10s'))
        await pause(20)
        await c.lpush(`${key}b`, 'value')
        expectEqual(await popped, [`${key}b`, 'value'], 'the pop answered')
        await c.rpush(`${key}a`, 'kept')
        expectEqual(await c.lrange(`${key}a`, 0, -1), ['kept'], 'the other key, no longer waited for, holds')
      },
    },
    {
      name: 'waits for ever with a timeout of 0',
      run: async ({ commands: c }, key, pop) => {
        const popped = waiting(pop(key, 0))
        await pause(50)
        await c.rpush(key, 'value')
        expectEqual(await popped, [key, 'value'], 'the pop answered')
      },
    },
    {
      name: 'serves who waits longest first',
      run: ({ commands: c }, key, pop) =>
        inTime(async (wait, attempt) => {
          const own = key + attempt
          const waiters: Promise<unknown>[] = []
          for (let n = 0; n < 3; n++) {
            waiters.push(waiting(pop(own, '10s')))
            await pause(wait)
          }
          for (const value of ['1', '2', '3']) await c.rpush(own, value)
          const wanted = ['1', '2', '3'].map((value) => [own, value])
          expectEqual(await Promise.all(waiters), wanted, 'the pops, in the order of their calls, answered')
        }),
    },
    {
      name: 'gives values of one push to as many as wait',
      run: async ({ commands: c }, key, pop) => {
        const waiters = [waiting(pop(key, '10s')), waiting(pop(key, '10s'))]
        await pause(20)
        expectEqual(await c.rpush(key, 'a', 'b', 'c'), 3, 'rpush answered')
        const served = (await Promise.all(waiters))
          .map((popped) => popped?.[1])
          .concat(await c.lrange(key, 0, -1))
        expectEqual(served.sort(), ['a', 'b', 'c'], 'pops and list together hold')
      },
    },
    {
      name: 'answers null after the timeout, not before, and takes nothing later',
      run: async ({ commands: c }, key, pop) => {
        const start = performance.now()
        expectEqual(await pop(key, 60), null, 'the pop answered')
        const waited = performance.now() - start
        if (waited < 55) throw new Unmet(`the pop waited ${waited} ms, wanted 60`, 60, waited)
        await c.rpush(key, 'value')
        expectEqual(await c.lrange(key, 0, -1), ['value'], 'the key holds')
      },
    },
    {
      name: 'is not woken by another type, but by the list after it',
      run: ({ commands: c }, key, pop) =>
        inTime(async (wait, attempt) => {
          const own = key + attempt
          const popped = waiting(pop(own, '10s'))
          await pause(wait)
          await c.set(own, 'text')
          await c.del(own)
          await c.rpush(own, 'value')
          expectEqual(await popped, [own, 'value'], 'the pop answered')
        }),
    },
    {
      name: 'ends by its signal with ABORTED and takes nothing',
      run: async ({ commands: c }, key, pop) => {
        const controller = new AbortController()
        const popped = waiting(pop(key, '10s', { signal: controller.signal }))
        await pause(20)
        controller.abort()
        await expectCode(popped, 'ABORTED', 'the pop')
        await c.rpush(key, 'value')
        await pause(20)
        expectEqual(await c.lrange(key, 0, -1), ['value'], 'the key holds')
      },
    },
    {
      name: 'takes nothing under a signal that was aborted before',
      run: async ({ commands: c }, key, pop) => {
        await c.rpush(key, 'value')
        await expectCode(pop(key, '10s', { signal: AbortSignal.abort() }), 'ABORTED', 'the pop')
        expectEqual(await c.lrange(key, 0, -1), ['value'], 'the key holds')
      },
    },
    {
      name: 'lets go of its signal once it is served',
      run: async ({ commands: c }, key, pop) => {
        const controller = new AbortController()
        await c.rpush(key, 'value')
        expectEqual(await pop(key, '10s', { signal: controller.signal }), [key, 'value'], 'the pop answered')
        controller.abort()
        await c.rpush(key, 'next')
        expectEqual(await pop(key, '10s'), [key, 'next'], 'the next pop answered')
      },
    },
    {
      name: 'keeps no other call waiting',
      run: async ({ commands: c }, key, pop) => {
        const waiters = Array.from({ length: 4 }, () => waiting(pop(key, '10s')))
        await pause(20)
        await c.set(`${key}b`, 'text')
        expectEqual(await c.get(`${key}b`), 'text', 'get answered')
        await c.rpush(key, '1', '2', '3', '4')
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
