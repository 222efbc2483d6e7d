import type { Coordinator } from '../election/coordinator.ts'
import type { CoordinatorCheck } from './election-check.ts'
import { expectCode, expectEqual } from './equal.ts'
import { until } from './until.ts'

/** The end of a coordinator. */
export function endingChecks(): CoordinatorCheck[] {
  return [
    {
      name: 'close: takes its members off the list, leaves record and others alone',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        const leave = await a.join({ id: 'a', address: 'x' })
        await b.join({ id: 'b', address: 'y' })
        await a.swap(null, 'kept')
        await a.close()
        expectEqual(await b.members(), [{ id: 'b', address: 'y' }], 'the members are')
        expectEqual((await b.get())?.state, 'kept', 'the record holds')
        await leave()
      },
    },
    {
      name: 'close: later calls fail with CLOSED; closing again does no harm',
      run: async ({ connect }) => {
        const coordinator = await connect()
        await Promise.all([coordinator.close(), coordinator.close()])
        await coordinator.close()
        const calls: readonly (readonly [string, (c: Coordinator) => unknown])[] = [
          ['join', (c) => c.join({ id: 'a', address: 'x' })],
          ['members', (c) => c.members()],
          ['get', (c) => c.get()],
          ['swap', (c) => c.swap(null, 1)],
          ['subscribe', (c) => c.subscribe(() => {})],
        ]
        for (const [name, call] of calls)
          await expectCode((async () => call(coordinator))(), 'CLOSED', `${name} after close`)
      },
    },
    {
      name: 'close: no hint comes after it',
      run: async ({ connect, deadline }) => {
        const [a, b] = [await connect(), await connect()]
        let afterClose = 0
        let closed = false
        let heard = 0
        a.subscribe(() => {
          if (closed) afterClose++
        })
        b.subscribe(() => {
          heard++
        })
        await a.close()
        closed = true
        const before = heard
        await b.swap(null, 1)
        await until(() => heard > before, 'the other coordinator gets a hint', deadline)
        expectEqual(afterClose, 0, 'the number of hints after close is')
      },
    },
  ]
}
