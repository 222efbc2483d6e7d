import type { Member } from '@jcache/driver/election'
import { describe, expect, test, vi } from 'vitest'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { closing, noUnhandledRejection, optionsFor, ownEtcd, raw, soon } from './etcd.fixture.ts'
import { discovery, etcdCoordinator } from './index.ts'

const etcd = await sharedSet('etcd')
const urls = etcd?.urls ?? []

noUnhandledRejection()

describe.skipIf(!etcd)('E1: discovery', () => {
  test('who registers is seen, and who leaves or closes is not', async (t) => {
    const { options } = optionsFor(urls)
    const [a, b] = [closing(t, discovery(options)), closing(t, discovery(options))]
    const seen: (readonly Member[])[] = []
    const stop = b.watch((members) => seen.push(members))
    await soon(() => expect(seen).toEqual([[]]))
    const one = { id: 'one', address: '10.0.0.1:80' }
    const two = { id: 'two', address: '10.0.0.2:80' }
    const leave = await a.register(one)
    await soon(() => expect(seen.at(-1)).toEqual([one]))
    await a.register(two)
    await soon(() => expect(seen.at(-1)).toEqual([one, two]))
    await leave()
    await soon(() => expect(seen.at(-1)).toEqual([two]))
    expect(await a.members()).toEqual([two])
    await a.close()
    await soon(() => expect(seen.at(-1)).toEqual([]))
    // Each list once.
    expect(seen).toHaveLength(5)

    stop()
    const more = vi.fn()
    b.watch(more)
    await b.register(one)
    await soon(() => expect(more).toHaveBeenLastCalledWith([one]))
    expect(seen).toHaveLength(5)
    await expect(a.members()).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(a.register(one)).rejects.toMatchObject({ code: 'CLOSED' })
    expect(() => a.watch(() => {})).toThrow(expect.objectContaining({ code: 'CLOSED' }))
  })

  test('what others wrote under the prefix is no member', async (t) => {
    const { options } = optionsFor(urls)
    const here = closing(t, discovery(options))
    const etcd = raw(t, urls)
    for (const text of ['', 'text', '{}', '{"id":1,"address":"x"}', 'null'])
      await etcd.put(`${options.prefix}/members/x${text}`).value(text)
    await etcd.put(`${options.prefix}/members`).value('{"id":"a","address":"b"}')
    await etcd.put(`${options.prefix}/members0`).value('{"id":"a","address":"b"}')
    await here.register({ id: 'one', address: 'x' })
    expect(await here.members()).toEqual([{ id: 'one', address: 'x' }])
  })

  test('members of a coordinator are seen', async (t) => {
    const { options } = optionsFor(urls)
    await closing(t, etcdCoordinator(options)).join({ id: 'node', address: 'x' })
    expect(await closing(t, discovery(options)).members()).toEqual([{ id: 'node', address: 'x' }])
  })
})

test('E3: while etcd is away the last members stand; then those that are there now', async (t) => {
  const { server, urls } = await ownEtcd(t)
  const { options } = optionsFor(urls)
  const [a, b] = [closing(t, discovery(options)), closing(t, discovery(options))]
  const seen: (readonly Member[])[] = []
  b.watch((members) => seen.push(members))
  const leave = await a.register({ id: 'one', address: 'x' })
  await a.register({ id: 'two', address: 'y' })
  await soon(() => expect(seen.at(-1)).toHaveLength(2))
  await server.kill()
  const told = seen.length
  await Promise.all([leave(), expect(b.members()).rejects.toMatchObject({ name: 'CacheError' })])
  expect(seen).toHaveLength(told)
  await server.restart()
  // It left while etcd was away: its lease runs out.
  await soon(() => expect(seen.at(-1)).toEqual([{ id: 'two', address: 'y' }]))
})
