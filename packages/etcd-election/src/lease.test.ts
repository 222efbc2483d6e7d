import { expect, test, vi } from 'vitest'
import { closing, noUnhandledRejection, optionsFor, ownEtcd } from './etcd.fixture.ts'
import { elector } from './index.ts'

noUnhandledRejection()

test('E2: a clock that was set ahead ends the leadership, rather than trust a suspended one', async (t) => {
  const { urls } = await ownEtcd(t)
  const { options } = optionsFor(urls, { ttl: '10s' })
  const leadership = await closing(t, elector({ ...options, value: 'a' })).campaign()
  expect(leadership.isValid()).toBe(true)
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000)
  expect(leadership.isValid()).toBe(false)
  clock.mockRestore()
  expect(leadership.isValid()).toBe(false)
})
