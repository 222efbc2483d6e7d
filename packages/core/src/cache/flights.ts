import { codeOf, isUnavailable, milliseconds } from '@jcache/driver'
import type { CacheClient } from './cache-client.ts'
import type { ReadyCall } from './cache-options.ts'
import { type LoadContext, type Loader, limited } from './load.ts'
import type { Records } from './records.ts'
import { isDone, type Slot } from './slots.ts'
import type { Taken } from './stamps.ts'
import { checkTags } from './tags-of.ts'

/** One load of a key, for all who ask meanwhile. */
export interface Flight {
  readonly loader: Loader<unknown>
  readonly controller: AbortController
  /** What there is before the load, fresh or stale; it does not reject. */
  readonly known: Promise<Slot | undefined>
  /** What the load came to; the known value where it failed. Undefined where the loader had nothing to say of this key. */
  readonly done: Promise<Slot | undefined>
  /** The key as tiers know it, once that is sure. */
  name: string | undefined
  /** The stamps that were taken before the loader was called. */
  taken: readonly Taken[] | undefined
  /** Whether the key or a tag was changed meanwhile, so that the value was not stored. */
  overtaken: boolean
  /** What stores the value behind the answer, where truth did not answer before. */
  storing: Promise<void> | undefined
  /** How often tags were invalidated in this process before it began. */
  readonly epoch: number
  /** Callers who wait and might give up. */
  waiting: number
}

/** What a loader answers that has nothing to say of the key. */
export const NOTHING: unique symbol = Symbol()

/** What a key is given instead of another load, for a while: what the last one came to. */
interface Rest {
  readonly until: number
  readonly slot?: Slot
  readonly error?: unknown
}

/** Keys whose failures are remembered at a time. */
const MOST_RESTS = 10_000

export interface Flights {
  /** The load of the key that is under way, but for this one, or for those from before tags were invalidated; else a new one. */
  join(key: string, loader: Loader<unknown>, call: ReadyCall, not?: Flight | 'old'): Flight
  /** What is under way is overtaken: it will not be stored, and nobody joins it. Resolves when it is not just being stored. */
  break(key: string): Promise<unknown> | undefined
  /** Tags were invalidated. */
  turn(): void
  /** How often tags were invalidated. */
  readonly epoch: number
  clear(): void
}

export function flightsOf(client: CacheClient, records: Records, options: ReadyCall): Flights {
  const { now, onEvent, backoff, stale } = options
  const { stamps } = records
  const flights = new Map<string, Flight>()
  const rests = new Map<string, Rest>()
  /** What is just being stored, also by flights that nobody joins any more. */
  const stores = new Map<string, Promise<unknown>>()
  let epoch = 0

  const fail = (key: string, during: 'read' | 'load' | 'write', error: unknown) =>
    onEvent?.({ kind: 'error', key, during, error })
  const rest = (key: string, what: Omit<Rest, 'until'>) => {
    rests.delete(key)
    rests.set(key, { ...what, until: now() + backoff })
    const [eldest] = rests.keys()
    if (rests.size > MOST_RESTS && eldest !== undefined) rests.delete(eldest)
  }
  const rested = (key: string): Rest | undefined => {
    const found = rests.get(key)
    return found && now() < found.until && !(found.slot && !records.counts(key, found.slot))
      ? found
      : undefined
  }
  const takeAll = (call: ReadyCall, tags: readonly string[], own?: string) =>
    Promise.all(
      [...tags.map((tag) => records.beside('tag', tag)), ...(own ? [own] : [])].map((key) =>
        stamps.take(key, Math.max(call.ttl, call.nullTtl) + stale),
      ),
    )

  /** The value may be stored as long as nothing overtook its load. */
  const stands = (key: string, flight: Flight, slot: Slot) =>
    flights.get(key) === flight && slot.name === flight.name && records.counts(key, slot)

  const store = async (key: string, flight: Flight, slot: Slot, isNew: boolean): Promise<void> => {
    try {
      // What came to be meanwhile is not written over, what ceased to be not brought back: another process was faster.
      const written =
        stands(key, flight, slot) && (await records.write(slot, isNew ? { nx: true } : { xx: true }))
      if (written && stands(key, flight, slot)) return records.keep(key, slot)
      flight.overtaken = true
      onEvent?.({ kind: 'overtaken', key })
    } catch (error) {
      fail(key, 'write', error)
      // Truth is away: its loader is not asked by everybody, one after the other.
      if (stands(key, flight, slot)) rest(key, { slot })
    }
  }

  const load = async (
    key: string,
    flight: Flight,
    call: ReadyCall,
    tell: (known: Slot | undefined) => void,
  ): Promise<Slot | undefined> => {
    const { controller, loader } = flight
    const { signal } = controller
    const shielded = rested(key)?.slot
    if (shielded) return shielded
    const take = () =>
      takeAll(call, call.tags, options.lease && records.beside('key', key)).catch(() => undefined)
    const taking = call.lease ? undefined : take()
    let found: Slot | null | undefined
    let fallback: Slot | undefined
    let reached = true
    try {
      found = await records.find(key)
      fallback = found ?? undefined
    } catch (error) {
      if (!isUnavailable(error)) throw error
      fail(key, 'read', error)
      reached = false
      // What truth cannot confirm is not as good as what it can: it is for when the loader fails too.
      const last = stale ? records.last(key) : undefined
      if (last && now() < last.freshUntil + stale) fallback = last
    }
    const known = found ?? undefined
    tell(known)
    flight.name = records.nameOf(key)
    if (known && isDone(known, now())) return known

    const failure = rested(key)
    if (failure) {
      if (fallback) return fallback
      throw failure.error
    }

    const fresh = async () => {
      const slot = known ?? (await records.find(key).catch(() => undefined))
      return slot && (slot === known || isDone(slot, now())) ? slot : undefined
    }
    const context: LoadContext = {
      key,
      signal,
      previous: known && records.answer(known),
      ttl: undefined,
      tags: [],
    }
    const work = async (): Promise<Slot | undefined> => {
      const lease = reached ? call.lease : undefined
      const turn = await lease?.(client, records.beside('lease', key), fresh, signal).catch((error) => {
        if (!isUnavailable(error)) throw error
      })
      if (typeof turn === 'object') return turn
      try {
        signal.throwIfAborted()
        flight.taken = await (taking ?? (reached ? take() : undefined))
        const startedAt = now()
        const value = await loader(context)
        onEvent?.({ kind: 'load', key, ms: now() - startedAt })
        if (value === NOTHING) return undefined
        const text = records.encode(key, value)
        const { ttl = value === null ? call.nullTtl : call.ttl, tags } = context
        checkTags(tags)
        const ms = milliseconds(ttl)
        const more = reached || !tags.length ? await takeAll(call, tags).catch(() => undefined) : undefined
        const all = [...(flight.taken ?? []), ...(more ?? [])]
        const slot = records.make(
          key,
          text,
          all.map(({ stamp }) => stamp),
          ms,
        )
        // A tag that was named only now was perhaps invalidated since the loader was called.
        if (more?.some(({ since }) => (since === undefined ? epoch !== flight.epoch : since >= startedAt)))
          flight.overtaken = true
        if (ms > 0 && !flight.overtaken && !signal.aborted) {
          if (flight.taken && more) {
            flight.storing = store(key, flight, slot, found === undefined)
            const all = Promise.all([stores.get(key), flight.storing])
            stores.set(key, all)
            all.then(() => stores.get(key) === all && stores.delete(key))
          }
          if (reached) await flight.storing
          else rest(key, { slot })
        }
        return slot
      } finally {
        turn?.()
      }
    }
    try {
      return await limited(key, call.hardTimeout, controller, work)
    } catch (error) {
      fail(key, 'load', error)
      // That its callers gave up tells nothing of the loader.
      if (codeOf(error) !== 'ABORTED' && flights.get(key) === flight) rest(key, { error })
      if (fallback) return fallback
      throw error
    }
  }

  return {
    get epoch() {
      return epoch
    },
    turn() {
      epoch++
      rests.clear()
    },
    join(key, loader, call, not) {
      const running = flights.get(key)
      const isOld =
        running === not ||
        (not === 'old' && running?.epoch !== epoch) ||
        running?.controller.signal.aborted ||
        (running?.name !== undefined &&
          (running.name !== records.nameOf(key) ||
            stamps.stand((running.taken ?? []).map(({ stamp }) => stamp)) === false))
      if (running && !isOld) return running
      let tell = (_known: Slot | undefined) => {}
      const known = new Promise<Slot | undefined>((resolve) => {
        tell = resolve
      })
      const done = Promise.resolve()
        .then(() => load(key, flight, call, tell))
        .finally(() => {
          tell(undefined)
          const end = () => {
            if (flights.get(key) === flight) flights.delete(key)
          }
          if (flight.storing) flight.storing.then(end)
          else end()
        })
      done.catch(() => {})
      const flight: Flight = {
        loader,
        controller: new AbortController(),
        known,
        done,
        name: undefined,
        taken: undefined,
        overtaken: false,
        storing: undefined,
        epoch,
        waiting: 0,
      }
      flights.set(key, flight)
      return flight
    },
    break(key) {
      flights.delete(key)
      rests.delete(key)
      return stores.get(key)
    },
    clear() {
      flights.clear()
      rests.clear()
    },
  }
}
