import type { Coordinator } from '../election/coordinator.ts'
import type { CoordinatorCheck } from './election-check.ts'
import { expectCode, expectEqual, Unmet } from './equal.ts'

/** The guarded record: of all who swap from one revision, one wins, and everybody sees it. */
export function recordChecks(): CoordinatorCheck[] {
  return [
    {
      name: 'get: null before the first swap',
      run: async ({ connect }) => expectEqual(await (await connect()).get(), null, 'get answered'),
    },
    {
      name: 'swap: the first is from null, and everybody reads it at once',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        expectEqual(await a.swap(null, { term: 1 }), true, 'swap from null answered')
        for (const each of [a, b]) expectEqual((await each.get())?.state, { term: 1 }, 'get answered')
      },
    },
    {
      name: 'swap: from null is refused once there is a record',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        await a.swap(null, 'first')
        await refused(b, null)
        expectEqual((await a.get())?.state, 'first', 'the state after a refused swap is')
      },
    },
    {
      name: 'swap: from the revision that was read',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        await a.swap(null, 1)
        const read = await existing(b)
        expectEqual(await b.swap(read.revision, 2), true, 'swap from the revision answered')
        expectEqual((await a.get())?.state, 2, 'get answered')
      },
    },
    {
      name: 'swap: refused from an older revision, and from one that never was',
      run: async ({ connect }) => {
        const coordinator = await connect()
        await coordinator.swap(null, 1)
        const old = await existing(coordinator)
        await coordinator.swap(old.revision, 2)
        await refused(coordinator, old.revision)
        for (const never of ['', '0', '999999999', 'never', '-1', '1e3']) {
          if (never !== (await existing(coordinator)).revision) await refused(coordinator, never)
        }
        expectEqual((await coordinator.get())?.state, 2, 'the state after refused swaps is')
      },
    },
    {
      name: 'swap: refused from a revision when there is no record',
      run: async ({ connect }) => {
        const coordinator = await connect()
        await refused(coordinator, '1')
        expectEqual(await coordinator.get(), null, 'get answered')
      },
    },
    {
      name: 'swap: each gives a new revision, to the same state too',
      run: async ({ connect }) => {
        const coordinator = await connect()
        await coordinator.swap(null, 'same')
        const seen = new Set<string>()
        for (let round = 0; round < 5; round++) {
          const { revision } = await existing(coordinator)
          if (seen.has(revision)) throw new Unmet('a revision came twice', 'a new one', revision)
          seen.add(revision)
          expectEqual(await coordinator.swap(revision, 'same'), true, 'swap answered')
        }
      },
    },
    {
      name: 'swap: of many at once from one revision, exactly one wins, and its state stays',
      run: async ({ connect }) => {
        const all = [await connect(), await connect(), await connect()]
        for (const revision of [null, 'the first']) {
          const from = revision && (await existing(all[0])).revision
          const calls = Array.from({ length: 15 }, (_, at) => all[at % 3]?.swap(from, `winner ${at}`))
          const won = (await Promise.all(calls)).flatMap((answer, at) => (answer ? [`winner ${at}`] : []))
          expectEqual(won.length, 1, 'the number of swaps that answered true is')
          expectEqual((await all[1]?.get())?.state, won[0], 'the state is')
        }
      },
    },
    {
      name: 'swap: as many true answers as changes',
      run: async ({ connect }) => {
        const all = [await connect(), await connect(), await connect(), await connect()]
        await all[0]?.swap(null, 0)
        let won = 0
        const count = async (coordinator: Coordinator) => {
          for (let round = 0; round < 10; round++) {
            const { state, revision } = await existing(coordinator)
            if (await coordinator.swap(revision, Number(state) + 1)) won++
          }
        }
        await Promise.all(all.map(count))
        expectEqual((await all[0]?.get())?.state, won, 'the counter is')
      },
    },
    {
      name: 'swap: the state comes back as it was',
      run: async ({ connect }) => {
        const [a, b] = [await connect(), await connect()]
        for (const state of awkwardStates()) {
          const revision = (await a.get())?.revision ?? null
          expectEqual(await a.swap(revision, state), true, 'swap answered')
          expectEqual((await b.get())?.state, state, 'get answered')
        }
      },
    },
    {
      name: 'swap: a state that JSON would lose is refused and changes nothing',
      run: async ({ connect }) => {
        const coordinator = await connect()
        const cycle: unknown[] = []
        cycle.push(cycle)
        const bad = [
          undefined,
          Number.NaN,
          1n,
          () => 1,
          Symbol('s'),
          new Map(),
          new Date(0),
          [undefined],
          cycle,
        ]
        for (const each of [...bad, ...bad.map((inner) => ({ deep: { inner, beside: 1 } })).slice(1)]) {
          await expectCode(coordinator.swap(null, each), 'INVALID_ARGUMENT', 'swap')
        }
        expectEqual(await coordinator.get(), null, 'get answered')
      },
    },
    {
      name: 'swap: what is done to a state later, or to an answer, changes nothing',
      run: async ({ connect }) => {
        const coordinator = await connect()
        const given = { inSync: ['a'] }
        await coordinator.swap(null, given)
        given.inSync.push('b')
        const read = (await existing(coordinator)).state as typeof given
        expectEqual(read, { inSync: ['a'] }, 'get answered')
        read.inSync.push('c')
        expectEqual((await coordinator.get())?.state, { inSync: ['a'] }, 'get answered')
      },
    },
  ]
}

async function existing(coordinator: Coordinator | undefined): Promise<{ state: unknown; revision: string }> {
  const record = await coordinator?.get()
  if (!record) throw new Unmet('get answered no record after a swap', 'a record', record)
  return record
}

async function refused(coordinator: Coordinator, revision: string | null): Promise<void> {
  expectEqual(
    await coordinator.swap(revision, 'wrong'),
    false,
    `swap from ${JSON.stringify(revision)} answered`,
  )
}

function awkwardStates(): unknown[] {
  return [
    null,
    false,
    0,
    '',
    [],
    {},
    JSON.parse('{"__proto__": {"a": 1}, "": null}'),
    { 'a/b': ['\u0000', 'ü', '日本', '😀', '\ud800', '\u2028'] },
    [1.5, -1e21, Number.MAX_SAFE_INTEGER, [[[]]]],
    'x'.repeat(200_000),
  ]
}
