import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { settled } from '../faulty.fixture.ts'
import { type Stage, stageOf, truthOf } from './cache.fixture.ts'
import { clusterLease } from './lease.ts'
import type { ManyContext } from './load.ts'

const SEEDS = Number(process.env['CACHE_SEEDS'] ?? 50)
const first = Number(process.env['CACHE_SEED'] ?? Math.floor(Math.random() * 1e9))

beforeAll(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
})
afterAll(() => {
  vi.useRealTimers()
})

/** The same numbers from 0 up to 1 for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * A database is updated again and again, each time followed by the set, delete or invalidation of what is cached, while loads
 * in all processes read it; calls to truth, their answers and the loaders' go on in an order that the seed decides. Answers
 * what was wrong: an old value that a process got though it had made the update itself, or that is cached in the end.
 */
async function play(seed: number, count: number, isLeased: boolean): Promise<string[]> {
  const random = randomOf(seed)
  const below = (bound: number) => Math.floor(random() * bound)
  const truth = truthOf()
  const processes: Stage[] = Array.from({ length: count }, () =>
    stageOf(
      { ttl: '1d', backoff: 0, ...(isLeased && { lease: clusterLease({ poll: 5 }) }) },
      truth,
      // Where several processes share it, nothing here tells them of changes.
      { failures: 1_000, deadline: '1h', nearTtl: count > 1 ? 0 : '1d' },
    ),
  )
  truth.hold('*', 'request')
  truth.hold('*', 'answer')
  const wrong: string[] = []
  const loads: (() => void)[] = []
  let version = 0
  let known: { by: Stage; version: number } | undefined
  let updating = false
  let open = 0

  const some = (): Stage => processes[below(count)] as Stage
  const begin = (work: Promise<unknown>) => {
    open++
    work.catch((error) => wrong.push(String(error))).finally(() => open--)
  }
  const load = async (isLate: boolean) => {
    const read = version
    await new Promise<void>((resolve) => {
      loads.push(resolve)
    })
    return { read, isLate }
  }
  const ask = async (by: Stage) => {
    const floor = known?.by === by ? known.version : 0
    const isLate = random() < 0.5
    const loader = async (_: unknown, context: ManyContext) => {
      const { read } = await load(isLate)
      if (isLate) context.tags = ['t']
      return { k: read }
    }
    const options = isLate ? {} : { tags: ['t'] }
    const found =
      random() < 0.7
        ? await by.cache.getOrSet('k', async (context) => (await loader(undefined, context)).k, options)
        : Number((await by.cache.getOrSetMany(['k'], loader, options)).get('k'))
    if (found < floor) wrong.push(`got ${found} after an update to ${floor} of its own`)
  }
  const update = async (by: Stage) => {
    updating = true
    version++
    const kind = below(4)
    if (kind === 0) await by.cache.set('k', version, { tags: ['t'] })
    else if (kind === 1) await by.cache.invalidateTags('t')
    else if (kind === 2) await by.cache.delete('k')
    else await by.cache.clear()
    known = { by, version }
    updating = false
  }
  const step = () => {
    const waiting = [
      ...truth.waiting.map((one) => () => one.go()),
      ...loads.map((_, at) => () => loads.splice(at, 1)[0]?.()),
    ]
    waiting[below(waiting.length)]?.()
  }

  for (let turn = 0; turn < 120; turn++) {
    const dice = random()
    if (dice < 0.15) begin(ask(some()))
    else if (dice < 0.25 && !updating) begin(update(some()))
    else step()
    for (let hop = below(20); hop > 0; hop--) await null
    if (random() < 0.3) await vi.advanceTimersByTimeAsync(below(10))
  }
  for (let rest = 0; rest < 5_000 && open; rest++) {
    step()
    await settled()
    if (rest % 10 === 0) await vi.advanceTimersByTimeAsync(5)
  }
  if (open) wrong.push(`${open} calls never ended`)
  await truth.release()
  await vi.advanceTimersByTimeAsync(100)
  for (const { cache } of processes) {
    const left = await cache.get('k')
    if (left !== undefined && left !== version) wrong.push(`${left} is cached, though ${version} is true`)
  }
  return wrong
}

test.each([
  ['one process', 1, false],
  ['one process with leases', 1, true],
  ['three processes with leases', 3, true],
])('a cached value is that of the last update: %s', { timeout: 120_000 }, async (_, count, isLeased) => {
  for (let seed = first; seed < first + SEEDS; seed++)
    expect(await play(seed, count, isLeased), `CACHE_SEED=${seed}`).toEqual([])
})

test.each([554000815, 701489])(
  'what is stored when clear or an invalidation passes is waited for, as in the order of seed %i',
  async (seed) => {
    expect(await play(seed, 1, false)).toEqual([])
  },
)
