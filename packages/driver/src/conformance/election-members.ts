import type { Coordinator, Member } from '../election/coordinator.ts'
import type { CoordinatorCheck } from './election-check.ts'
import { expectCode, expectEqual } from './equal.ts'
import { until } from './until.ts'

/** Who is there. */
export function memberChecks(withCrash: boolean): CoordinatorCheck[] {
  return [
    {
      name: 'members: none before the first joins',
      run: async ({ connect }) => expectEqual(await (await connect()).members(), [], 'members answered'),
    },
    {
      name: 'join: everybody sees the member once it has resolved',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        await a.join({ id: 'a', address: '10.0.0.1:1' })
        await b.join({ id: 'b', address: '10.0.0.2:1' })
        for (const each of [a, b]) await expectMembers(each, { a: '10.0.0.1:1', b: '10.0.0.2:1' })
      },
    },
    {
      name: 'join: one coordinator may announce several members',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        await Promise.all(['1', '2', '3'].map((id) => a.join({ id, address: `at ${id}` })))
        await expectMembers(b, { 1: 'at 1', 2: 'at 2', 3: 'at 3' })
      },
    },
    {
      name: 'join: what leaves is off the list, the others stay; leaving twice does no harm',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        const leave = await a.join({ id: 'a', address: 'x' })
        await a.join({ id: 'a2', address: 'y' })
        await leave()
        await leave()
        await expectMembers(b, { a2: 'y' })
      },
    },
    {
      name: 'join: an id that is there gets the new address, and is not taken off by who was there before',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        const leave = await a.join({ id: 'same', address: 'old' })
        await b.join({ id: 'same', address: 'new' })
        await expectMembers(a, { same: 'new' })
        await leave()
        await expectMembers(a, { same: 'new' })
        await a.close()
        await expectMembers(b, { same: 'new' })
      },
    },
    {
      name: 'join: ids and addresses are any text',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        const texts = [
          '/',
          'a/b',
          '..',
          ' ',
          '__proto__',
          '"',
          '%2F',
          'ü',
          '日本',
          '😀',
          '\u0000',
          'x'.repeat(500),
        ]
        for (const text of texts) await a.join({ id: text, address: text })
        const found = await b.members()
        expectEqual(new Set(found.map(({ id }) => id)), new Set(texts), 'the ids are')
        for (const { id, address } of found) expectEqual(address, id, 'the address is')
      },
    },
    {
      name: 'join: a member without id or address is refused',
      run: async ({ connect }) => {
        const coordinator = await connect()
        const bad: unknown[] = [
          { id: '', address: 'a' },
          { id: 'a', address: '' },
          { id: 'a' },
          {},
          null,
          'a',
        ]
        for (const member of bad)
          await expectCode(coordinator.join(member as Member), 'INVALID_ARGUMENT', 'join')
        await expectMembers(coordinator, {})
      },
    },
    {
      name: 'members: apart from the record',
      run: async ({ connect }) => {
        const coordinator = await connect()
        await coordinator.swap(null, 'state')
        const before = await coordinator.get()
        const leave = await coordinator.join({ id: 'a', address: 'x' })
        expectEqual((await coordinator.members()).length, 1, 'the number of members is')
        await leave()
        expectEqual(await coordinator.get(), before, 'after join and leave, get answered')
      },
    },
    ...(withCrash ? [crashCheck()] : []),
  ]
}

function crashCheck(): CoordinatorCheck {
  return {
    name: 'join: a member that crashed is off the list when its lease has run out',
    run: async ({ connect, crash, deadline }) => {
      const [a, b] = [await connect(), await connect()]
      await a.join({ id: 'a', address: 'x' })
      await b.join({ id: 'b', address: 'y' })
      await a.swap(null, 'kept')
      await crash?.(a)
      await until(async () => (await b.members()).length === 1, 'the crashed member is gone', deadline)
      await expectMembers(b, { b: 'y' })
      expectEqual((await b.get())?.state, 'kept', 'the record, which has no lease, holds')
    },
  }
}

async function expectMembers(coordinator: Coordinator, wanted: Record<string, string>): Promise<void> {
  const found = await coordinator.members()
  const listed = Object.fromEntries(found.map(({ id, address }) => [id, address]))
  expectEqual(listed, wanted, 'the members are')
  expectEqual(found.length, Object.keys(wanted).length, 'the number of members is')
}
