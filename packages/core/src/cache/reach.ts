import { CacheError } from '@jcache/driver'
import { after } from '../after.ts'
import type { ReadyCall } from './cache-options.ts'
import type { Flight, Flights } from './flights.ts'
import { type Loader, until } from './load.ts'
import type { Records } from './records.ts'
import { isDone, type Slot } from './slots.ts'

/** Tells that the value was answered: one that was near, or one of truth. */
export type Hit = (key: string, slot: Slot, isNear: boolean) => void

/** How a caller gets a value that is not fresh and near: by the load that is under way, or by what it is to replace. */
export interface Reach {
  /** What the call comes to once it has joined the flight; `near` is the value that is near, stale or soon to be. */
  settle(key: string, flight: Flight, call: ReadyCall, near?: Slot): Promise<Slot | undefined>
  /** What the call comes to, by whatever flight. */
  load(key: string, loader: Loader<unknown>, call: ReadyCall, near?: Slot): Promise<Slot | undefined>
}

export function reachOf(flights: Flights, records: Records, { now, onEvent }: ReadyCall, hit: Hit): Reach {
  const settle: Reach['settle'] = async (key, flight, { signal, softTimeout, waitUntil }, near) => {
    const { done, known } = flight
    const aborted = () => {
      const cause: unknown = signal?.reason
      const error = new CacheError('ABORTED', `${JSON.stringify(key)}: the caller gave up`, { cause })
      if (--flight.waiting === 0) flight.controller.abort(error)
      return error
    }
    flight.waiting++
    const held = near ?? (await until(known, signal, aborted))
    if (!held) {
      onEvent?.({ kind: 'miss', key })
      return until(done, signal, aborted)
    }
    if (softTimeout && now() >= held.freshUntil) {
      const fresh = await until(soon(done, softTimeout), signal, aborted)
      if (fresh) return fresh
    }
    // From here on the load is for those who come later.
    flight.waiting = Number.POSITIVE_INFINITY
    if (!isDone(held, now())) waitUntil?.(done.catch(() => {}))
    hit(key, held, near !== undefined)
    return held
  }

  const isValid = async (key: string, { overtaken }: Flight, slot: Slot) =>
    !overtaken && records.counts(key, slot) && (await records.stamps.check(slot.stamps))

  return {
    settle,
    async load(key, loader, call, near) {
      let last: Flight | undefined
      for (;;) {
        const { epoch } = flights
        const flight: Flight = flights.join(key, loader, call, last)
        const found = await settle(key, flight, call, near)
        // Another's load may have nothing of the key, or may have begun before tags were invalidated.
        if (found ? flight.epoch === epoch || (await isValid(key, flight, found)) : flight.loader === loader)
          return found
        last = flight
      }
    },
  }
}

/** What the promise answers within so many milliseconds; undefined where it does not, or fails. */
async function soon<Reply>(promise: Promise<Reply>, ms: number): Promise<Reply | undefined> {
  let cancel = () => {}
  const late = new Promise<undefined>((resolve) => {
    cancel = after(ms, () => resolve(undefined))
  })
  try {
    return await Promise.race([promise.catch(() => undefined), late])
  } finally {
    cancel()
  }
}
