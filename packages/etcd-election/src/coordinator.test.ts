import { coordinatorConformance } from '@jcache/driver/conformance'
import type { Coordinator } from '@jcache/driver/election'
import { afterAll, describe, expect, test } from 'vitest'
import { startProxy, type Proxy as TcpProxy } from '../../../scripts/servers/proxy.ts'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { closing, noUnhandledRejection, optionsFor, raw } from './etcd.fixture.ts'
import { etcdCoordinator } from './index.ts'

const etcd = await sharedSet('etcd')
const urls = etcd?.urls ?? []

noUnhandledRejection()

describe.skipIf(!etcd)('E1: etcdCoordinator', () => {
  const create = () => {
    const { options } = optionsFor(urls)
    return () => etcdCoordinator(options)
  }
  for (const { name, run } of coordinatorConformance({ create })) test(name, run)
})

// A proxy stands before an etcd of this machine only.
const here = urls.find((url) => url.startsWith('http://127.0.0.1:'))

describe.skipIf(!here)('E1: etcdCoordinator that crashes', () => {
  const proxies = new Map<Coordinator, TcpProxy>()
  afterAll(() => Promise.all([...proxies.values()].map((proxy) => proxy.stop())))
  const create = () => {
    const { options } = optionsFor(urls, { timeout: '2s' })
    return async () => {
      const proxy = await startProxy(Number(new URL(here ?? '').port))
      const coordinator = etcdCoordinator({ ...options, hosts: `127.0.0.1:${proxy.port}` })
      proxies.set(coordinator, proxy)
      return coordinator
    }
  }
  const crash = async (coordinator: Coordinator) => proxies.get(coordinator)?.stop()
  const cases = coordinatorConformance({ create, crash, deadline: 20_000 })
  for (const { name, run } of cases.filter(({ name }) => name.includes('crash'))) test(name, run)
})

describe.skipIf(!etcd)('what lies in etcd', () => {
  test('the record and the members can be read by people and other programs', async (t) => {
    const { options } = optionsFor(urls)
    const coordinator = closing(t, etcdCoordinator(options))
    await coordinator.swap(null, { leader: 'a', term: 1 })
    await coordinator.join({ id: 'a', address: '10.0.0.1:10080' })
    const found = await raw(t, urls).getAll().prefix(`${options.prefix}/`).strings()
    expect(JSON.parse(found[`${options.prefix}/record`] ?? '')).toMatchObject({
      state: { leader: 'a', term: 1 },
    })
    expect(JSON.parse(found[`${options.prefix}/members/a`] ?? '')).toEqual({
      id: 'a',
      address: '10.0.0.1:10080',
    })
    expect(Object.keys(found)).toHaveLength(2)
  })

  test('something else at the place of the record is told, and not overwritten', async (t) => {
    const { options } = optionsFor(urls)
    const coordinator = closing(t, etcdCoordinator(options))
    const etcd = raw(t, urls)
    for (const text of ['', 'text', '1', 'null', '{}']) {
      await etcd.put(`${options.prefix}/record`).value(text)
      await expect(coordinator.get()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      expect(await coordinator.swap(null, 1).catch(() => false)).toBe(false)
      expect(await etcd.get(`${options.prefix}/record`).string()).toBe(text)
    }
  })

  test('a state larger than etcd takes is refused, and a smaller one taken then', async (t) => {
    const { options } = optionsFor(urls)
    const coordinator = closing(t, etcdCoordinator(options))
    await expect(coordinator.swap(null, 'x'.repeat(3_000_000))).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    })
    expect(await coordinator.swap(null, 'x'.repeat(1_000_000))).toBe(true)
  })
})
