import { CacheError, type Driver } from '@jcache/driver'
import type { Engine, Handlers, TierInfo } from './engine.ts'

/** An engine of one local tier: nothing to copy, nothing to wait for. */
export function alone(driver: Driver<unknown, 'local'>): Engine {
  const handlers = driver.commands as Handlers
  const tier: TierInfo = { name: driver.name, scope: 'local', role: 'truth' }
  const engine: Engine = {
    tiers: [tier],
    atHand: handlers,
    offers: (name) => name in handlers,
    run: ({ name }, args, trace) => {
      if (!engine.atHand) throw new CacheError('CLOSED', `${name}: the client is closed`)
      trace?.(tier, '')
      return handlers[name]?.(...args)
    },
    peek: (key) => handlers['get']?.(key),
    close: () => {
      engine.atHand = undefined
      return driver.close?.()
    },
  }
  return engine
}
