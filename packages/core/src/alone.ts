import { CacheError, type Driver } from '@jcache/driver'
import type { Engine, Handlers, TierInfo } from './engine.ts'
import { wholeOf } from './whole.ts'

/** An engine of one local tier: nothing to copy, nothing to wait for. */
export function alone(driver: Driver<unknown, 'local'>): Engine {
  const handlers = driver.commands as Handlers
  const tier: TierInfo = { name: driver.name, scope: 'local', role: 'truth' }
  const checkOpen = (name: string) => {
    if (!engine.atHand) throw new CacheError('CLOSED', `${name}: the client is closed`)
  }
  const engine: Engine = {
    tiers: [tier],
    atHand: handlers,
    stream: 'none',
    offers: (name) => name in handlers,
    run: ({ name }, args, trace) => {
      checkOpen(name)
      trace?.(tier, '')
      return handlers[name]?.(...args)
    },
    peek: (key) => handlers['get']?.(key),
    entry: async (key) => {
      checkOpen('entry')
      return wholeOf(driver, key)
    },
    close: () => {
      engine.atHand = undefined
      return driver.close?.()
    },
  }
  return engine
}
