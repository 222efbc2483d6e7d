import type { Driver } from '@jcache/driver'
import type { Engine, TierInfo } from './engine.ts'

/** An engine of one local tier: nothing to copy, nothing to wait for. */
export function alone(driver: Driver<unknown, 'local'>): Engine {
  const handlers = driver.commands as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>
  const tier: TierInfo = { name: driver.name, scope: 'local', role: 'truth' }
  return {
    tiers: [tier],
    offers: (name) => name in handlers,
    run: ({ name }, args, trace) => {
      trace?.(tier, '')
      return handlers[name]?.(...args)
    },
    peek: (key) => handlers['get']?.(key),
    close: () => driver.close?.(),
  }
}
