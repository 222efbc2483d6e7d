import { CacheError, callable, MAX_KEY_LENGTH } from '@jcache/driver'
import type { Cache, Shape } from './cache.ts'
import { type CacheClient, remove } from './cache-client.ts'
import {
  type CacheOptions,
  type CallOptions,
  type ReadyCall,
  readyCache,
  readyCall,
  type ValueOptions,
} from './cache-options.ts'
import { flightsOf } from './flights.ts'
import { getOrSetMany } from './get-or-set-many.ts'
import type { Loader } from './load.ts'
import { type Loaded, pairsOf } from './loaded.ts'
import { reachOf } from './reach.ts'
import { recordsOf } from './records.ts'
import { isDone, type Slot } from './slots.ts'
import { checkTags } from './tags-of.ts'

/**
 * A cache of objects on the client's tiers. With an interface of its keys,
 * `createCache<Shop>(client)`, values are typed by their keys.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or out of range.
 */
export function createCache<Values = Shape>(client: CacheClient, options: CacheOptions = {}): Cache<Values> {
  const base = readyCache(options)
  const { now, onEvent } = base
  const records = recordsOf(client, base)
  const { near, answer, stamps, beside } = records
  const flights = flightsOf(client, records, base)
  const { tiers = [] } = client
  const [nearest] = tiers
  const truth = tiers.find(({ role }) => role === 'truth')

  const hit = (key: string, { freshUntil }: Slot, isNear: boolean) =>
    onEvent?.({
      kind: 'hit',
      key,
      tier: (isNear ? nearest : truth)?.name ?? 'client',
      stale: now() >= freshUntil,
    })
  const reach = reachOf(flights, records, base, hit)

  /** The fresh value, asked of truth where it is not near. */
  const fresh = async (key: string, known = near(key, now())): Promise<Slot | undefined> => {
    checkKey(key)
    const slot = known ?? (await records.find(key))
    const isFresh = slot && now() < slot.freshUntil
    if (isFresh) hit(key, slot, slot === known)
    else onEvent?.({ kind: 'miss', key })
    return isFresh ? slot : undefined
  }

  const textOf = (key: string, value: unknown): string => {
    checkKey(key)
    return records.encode(key, value)
  }
  const set = async (key: string, text: string, { lease, tags, ttl }: ReadyCall): Promise<void> => {
    const life = ttl + base.stale
    await overtaking(key, async () => {
      const taken = await Promise.all([
        ...(lease ? [stamps.renew(beside('key', key), life)] : []),
        ...tags.map(async (tag) => (await stamps.take(beside('tag', tag), life)).stamp),
      ])
      const slot = await records.within(key, async () => {
        const made = records.make(key, text, taken, ttl)
        await records.write(made)
        return made
      })
      records.keep(key, slot)
      if (lease) await remove(client, beside('lease', key))
    })
    onEvent?.({ kind: 'set', key })
  }

  /** Loads under way are overtaken, those too that begin before it is over: they may have found what was there before. */
  const overtaking = async <Reply>(key: string, act: () => Promise<Reply>): Promise<Reply> => {
    const storing = flights.break(key)
    records.forget(key)
    try {
      // What is sent later need not arrive later.
      await storing
      return await act()
    } finally {
      flights.break(key)
    }
  }

  /** The value, by `further` where it is not near or is to be loaded anew; a near hit costs no more than a promise. */
  const ask = (
    further: (key: string, near?: Slot, loader?: unknown, given?: CallOptions) => Promise<Slot | undefined>,
    key: string,
    loader?: unknown,
    given?: CallOptions,
  ): Promise<unknown> => {
    const at = now()
    const slot = near(key, at)
    if (!slot || !isDone(slot, at))
      return further(key, slot, loader, given).then((found) => found && answer(found))
    hit(key, slot, true)
    return Promise.resolve(answer(slot))
  }
  const load = async (key: string, near?: Slot, loader?: unknown, given?: CallOptions) => {
    checkKey(key)
    checkLoader(loader)
    return reach.load(key, loader, readyCall(base, given), near)
  }
  const getOrSet = (key: string, loader: unknown, given?: CallOptions) => ask(load, key, loader, given)

  const answers = (slots: Iterable<readonly [string, Slot | undefined]>): Map<string, unknown> => {
    const found = new Map<string, unknown>()
    for (const [key, slot] of slots) if (slot) found.set(key, answer(slot))
    return found
  }

  const cache = {
    get: (key: string) => ask(fresh, key),
    getOrSet,
    set: async (key: string, value: unknown, given?: ValueOptions) =>
      set(key, textOf(key, value), readyCall(base, given)),
    has: async (key: string) => (await fresh(key)) !== undefined,
    async delete(key: string) {
      checkKey(key)
      const removed = await overtaking(key, () => records.remove(key))
      onEvent?.({ kind: 'delete', key })
      return removed
    },
    getMany: async (keys: Iterable<string>) =>
      answers(await Promise.all(Array.from(keys, async (key) => [key, await fresh(key)] as const))),
    async setMany(values: Loaded<string, unknown>, given?: ValueOptions) {
      const call = readyCall(base, given)
      const texts = Array.from(pairsOf(values), ([key, value]) => [key, textOf(key, value)] as const)
      await Promise.all(texts.map(([key, text]) => set(key, text, call)))
    },
    async getOrSetMany(
      keys: Iterable<string>,
      loader: Parameters<typeof getOrSetMany>[1],
      given?: CallOptions,
    ) {
      const call = readyCall(base, given)
      checkLoader(loader)
      const found = new Map<string, Slot | undefined>()
      const rest = new Map<string, Slot | undefined>()
      for (const key of keys) {
        checkKey(key)
        const slot = near(key, now())
        const isFresh = slot && isDone(slot, now())
        // In the order of the keys, whatever is known when.
        found.set(key, isFresh ? slot : undefined)
        if (isFresh) hit(key, slot, true)
        else rest.set(key, slot)
      }
      for (const [key, slot] of await getOrSetMany(rest, loader, call, flights, reach)) found.set(key, slot)
      return answers(found)
    },
    wrap<Args extends readonly unknown[]>(
      fn: (...args: Args) => unknown,
      { key, ...given }: CallOptions & { readonly key: (...args: Args) => string },
    ) {
      return async (...args: Args) => getOrSet(key(...args), () => fn(...args), given)
    },
    async invalidateTags(...tags: string[]) {
      checkTags(tags)
      flights.turn()
      await Promise.all(tags.map((tag) => stamps.renew(beside('tag', tag), base.ttl + base.stale)))
      flights.turn()
      onEvent?.({ kind: 'invalidate', tags })
    },
    async clear() {
      await records.clear()
      flights.clear()
      onEvent?.({ kind: 'clear' })
    },
  }
  // Which values lie under which keys is the caller's word: what is written is what is read.
  return cache as unknown as Cache<Values>
}

function checkLoader(loader: unknown): asserts loader is Loader<unknown> {
  if (!callable(loader)) throw new CacheError('INVALID_ARGUMENT', 'a loader must be a function')
}

function checkKey(key: unknown): asserts key is string {
  if (typeof key !== 'string' || key === '' || key.startsWith('~') || key.length > MAX_KEY_LENGTH)
    throw new CacheError(
      'INVALID_ARGUMENT',
      `a key is a text of 1 to ${MAX_KEY_LENGTH} characters that does not begin with '~'`,
    )
}
