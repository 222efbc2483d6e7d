import type { CoordinatorCheck } from './election-check.ts'
import { until } from './until.ts'

/** Subscriptions: who looks again at each hint misses nothing. */
export function hintChecks(): CoordinatorCheck[] {
  return [
    {
      name: 'subscribe: who looks at each hint comes to see every last state',
      run: async ({ connect, deadline }) => {
        const [a, b] = [await connect(), await connect()]
        let seen: unknown
        b.subscribe(() => {
          void b.get().then(
            (record) => {
              seen = record?.state
            },
            () => {},
          )
        })
        for (let round = 1; round <= 5; round++) {
          await a.swap((await a.get())?.revision ?? null, round)
          await until(() => seen === round, `a hint of swap ${round}`, deadline)
        }
      },
    },
    {
      name: 'subscribe: hints of members that come and go',
      run: async ({ connect, deadline }) => {
        const [a, b] = [await connect(), await connect()]
        let seen = -1
        b.subscribe(() => {
          void b.members().then(
            (members) => {
              seen = members.length
            },
            () => {},
          )
        })
        const leave = await a.join({ id: 'a', address: 'x' })
        await until(() => seen === 1, 'a hint of a member that joined', deadline)
        await leave()
        await until(() => seen === 0, 'a hint of a member that left', deadline)
        await a.join({ id: 'a', address: 'x' })
        await until(() => seen === 1, 'a hint of a member that came back', deadline)
        await a.close()
        await until(() => seen === 0, 'a hint of a member that closed', deadline)
      },
    },
    {
      name: 'subscribe: hints of what the same coordinator did',
      run: async ({ connect, deadline }) => {
        const coordinator = await connect()
        let hints = 0
        coordinator.subscribe(() => {
          hints++
        })
        await coordinator.swap(null, 1)
        await until(() => hints > 0, 'a hint of the own swap', deadline)
      },
    },
    {
      name: 'subscribe: several listeners, each until it unsubscribes',
      run: async ({ connect, deadline }) => {
        const coordinator = await connect()
        const hints = { first: 0, second: 0 }
        const stop = coordinator.subscribe(() => {
          hints.first++
        })
        coordinator.subscribe(() => {
          hints.second++
        })
        await coordinator.swap(null, 1)
        await until(() => hints.first > 0 && hints.second > 0, 'both listeners are called', deadline)
        stop()
        stop()
        const then = hints.first
        const before = hints.second
        await coordinator.swap((await coordinator.get())?.revision ?? null, 2)
        await until(() => hints.second > before, 'the other listener is still called', deadline)
        await until(() => hints.first === then, 'who unsubscribed is not called', 0)
      },
    },
  ]
}
