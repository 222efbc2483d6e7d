import { type ClientOptions, type ClientOver, createClient as createTieredClient } from '@jcache/core'
import { type MemoryDriver, memory } from '@jcache/memory'

type Tiers = Parameters<typeof createTieredClient>[0]

/** A client over memory alone, bounded by its defaults. */
export function createClient(): ClientOver<readonly [MemoryDriver]>
/** A client over the tiers, nearest first; see `createClient` of `@jcache/core`. */
export function createClient<const Given extends Tiers>(
  tiers: Given,
  options?: ClientOptions,
): ClientOver<Given>
export function createClient(tiers: Tiers = [memory()], options?: ClientOptions): ClientOver<Tiers> {
  return createTieredClient(tiers, options)
}
