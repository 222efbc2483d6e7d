import type { Entry } from '@jcache/driver'
import type { Pair, Whole } from './pair.ts'
import { asItIs, sameTime, sorted } from './verdict.ts'

/** A key whose content is not the same on both, null where it is missing. */
export interface KeyDifference {
  readonly key: string
  readonly near: Entry | null
  readonly far: Entry | null
}

/** The first key that does not hold the same on both: type, content and expiry. */
export async function differentKey({ near, far }: Pair): Promise<KeyDifference | undefined> {
  const [nearly, farther] = await Promise.all([entriesOf(near), entriesOf(far)])
  for (const key of new Set([...nearly.keys(), ...farther.keys()])) {
    const found = { near: nearly.get(key) ?? null, far: farther.get(key) ?? null }
    if (!sameEntry(found.near, found.far)) return { key, ...found }
  }
  return undefined
}

async function entriesOf({ entries }: Whole): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>()
  for await (const [key, entry] of entries.scan()) found.set(key, entry)
  return found
}

function sameEntry(near: Entry | null, far: Entry | null): boolean {
  if (!near || !far) return near === far
  const order = near.type === 'hash' || near.type === 'set' ? sorted : asItIs
  return (
    near.type === far.type &&
    order(near.value) === order(far.value) &&
    sameTime(near.expiresAt, far.expiresAt)
  )
}
