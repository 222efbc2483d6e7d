import { type Coordinator, localCoordinator, localPlace } from '@jcache/driver/election'
import { describe, expect, test } from 'vitest'
import { coordinatorConformance } from './election.ts'

describe('E1: localCoordinator', () => {
  const places = new WeakMap<Coordinator, (id: string) => void>()
  const create = () => {
    const place = localPlace()
    return () => {
      const coordinator = localCoordinator(place)
      places.set(coordinator, (id) => place.lapse(id))
      return coordinator
    }
  }
  const crash = (coordinator: Coordinator) => places.get(coordinator)?.('a')
  for (const { name, run } of coordinatorConformance({ create, crash })) test(name, run)
})

/** The names of the cases that fail where each coordinator of a place is changed like this. */
async function found(change: (coordinator: Coordinator, others: readonly Coordinator[]) => Coordinator) {
  const create = () => {
    const place = localPlace()
    const made: Coordinator[] = []
    return () => {
      const coordinator = change(localCoordinator(place), [...made])
      made.push(coordinator)
      return coordinator
    }
  }
  const failed: string[] = []
  for (const { name, run } of coordinatorConformance({ create, deadline: 50 }))
    await run().catch(() => failed.push(name))
  return failed
}

describe('E1: the kit finds what is wrong', () => {
  test.each<[wrong: string, change: Parameters<typeof found>[0], found: string]>([
    [
      'a swap that looks first and writes later',
      (c) => ({
        ...c,
        swap: async (revision, next) => {
          if (((await c.get())?.revision ?? null) !== revision) return false
          while (!(await c.swap((await c.get())?.revision ?? null, next)));
          return true
        },
      }),
      'swap: of many at once from one revision, exactly one wins, and its state stays',
    ],
    [
      'a read that may be old',
      (c) => {
        let kept: Awaited<ReturnType<typeof c.get>> = null
        return {
          ...c,
          get: async () => {
            kept ??= await c.get()
            return kept
          },
        }
      },
      'swap: the state comes back as it was',
    ],
    [
      'revisions that come again',
      (c) => ({
        ...c,
        get: async () => {
          const record = await c.get()
          return record && { ...record, revision: '1' }
        },
        swap: async (revision, next) => c.swap(revision && ((await c.get())?.revision ?? null), next),
      }),
      'swap: each gives a new revision, to the same state too',
    ],
    [
      'a swap that answers true though it was refused',
      (c) => ({ ...c, swap: async (revision, next) => (await c.swap(revision, next)) || true }),
      'swap: as many true answers as changes',
    ],
    [
      'members that stay when they leave',
      (c) => ({
        ...c,
        join: async (member) => {
          await c.join(member)
          return async () => {}
        },
      }),
      'join: what leaves is off the list, the others stay; leaving twice does no harm',
    ],
    [
      'who leaves takes off who has come since',
      (c, others) => ({
        ...c,
        join: async (member) => {
          const leave = await c.join(member)
          return async () => {
            await leave()
            for (const other of [c, ...others]) await (await other.join(member))()
          }
        },
      }),
      'join: an id that is there gets the new address, and is not taken off by who was there before',
    ],
    [
      'no hints of the record',
      (c) => ({ ...c, subscribe: () => () => {} }),
      'subscribe: who looks at each hint comes to see every last state',
    ],
    [
      'hints after the end of the subscription',
      (c) => ({
        ...c,
        subscribe: (listener) => {
          c.subscribe(listener)
          return () => {}
        },
      }),
      'subscribe: several listeners, each until it unsubscribes',
    ],
    [
      'calls that go on after close',
      (c) => ({ ...c, close: async () => {} }),
      'close: later calls fail with CLOSED; closing again does no harm',
    ],
    [
      'a state that is handed out itself',
      (c) => {
        const states = new Map<string, unknown>()
        return {
          ...c,
          swap: async (revision, next) => {
            const won = await c.swap(revision, next)
            if (won) states.set((await c.get())?.revision ?? '', next)
            return won
          },
          get: async () => {
            const record = await c.get()
            return record && { ...record, state: states.get(record.revision) ?? record.state }
          },
        }
      },
      'swap: what is done to a state later, or to an answer, changes nothing',
    ],
  ])('%s', async (_, change, name) => {
    expect(await found(change)).toContain(name)
  })

  test('nothing where nothing is', async () => {
    expect(await found((c) => c)).toEqual([])
  })
})
