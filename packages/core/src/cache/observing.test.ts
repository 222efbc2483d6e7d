import { channel } from 'node:diagnostics_channel'
import { expect, test } from 'vitest'
import { stageOf } from './cache.fixture.ts'
import { counters } from './counters.ts'
import { publishTo } from './publish-to.ts'

test('O8: events name the tier that answered', async () => {
  const here = stageOf()
  await here.cache.getOrSet('k', () => 1, { tags: ['t'] })
  await here.cache.get('k')
  await here.cache.get('k')
  await here.cache.set('k', 2)
  await here.cache.delete('k')
  await here.cache.get('k')
  await here.cache.invalidateTags('t')
  await here.cache.clear()
  expect(here.told('k')).toEqual(['miss', 'load', 'hit truth', 'hit near', 'set', 'delete', 'miss'])
  expect(here.events.slice(-2)).toEqual([{ kind: 'invalidate', tags: ['t'] }, { kind: 'clear' }])
})

test('O8: an observer that throws harms nobody', async () => {
  const { cache } = stageOf({
    onEvent: () => {
      throw new Error('of the observer')
    },
  })
  expect(await cache.getOrSet('k', () => 1)).toBe(1)
  expect(await cache.get('k')).toBe(1)
  await cache.delete('k')
})

test('O8: counters', async () => {
  const counts = counters()
  const { cache } = stageOf({ onEvent: counts.onEvent, backoff: 0 })
  await cache.getOrSet('k', () => 1)
  await cache.get('k')
  await cache.get('k')
  await cache.getOrSet('bad', () => Promise.reject(new Error('away'))).catch(() => {})
  expect(counts.snapshot()).toEqual({
    hits: { truth: 1, near: 1 },
    stale: 0,
    misses: 2,
    loads: 1,
    overtaken: 0,
    errors: { read: 0, load: 1, write: 0 },
  })
})

test('O8: a channel of node:diagnostics_channel', async () => {
  const found: unknown[] = []
  const own = channel('jcache:test')
  const { cache } = stageOf({ onEvent: publishTo(own) })
  await cache.set('a', 1)
  const listen = (message: unknown) => {
    found.push(message)
  }
  own.subscribe(listen)
  await cache.set('b', 1)
  own.unsubscribe(listen)
  await cache.set('c', 1)
  expect(found).toEqual([{ kind: 'set', key: 'b' }])
})
