import { codeOf } from '@jcache/driver'
import { describe, expect, type TestContext, test, vi } from 'vitest'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { closing, noUnhandledRejection, optionsFor, raw, soon } from './etcd.fixture.ts'
import { discovery, type Elector, elector, etcdCoordinator, type Leader } from './index.ts'

const etcd = await sharedSet('etcd')
const urls = etcd?.urls ?? []

noUnhandledRejection()

/** Makes candidates for one office, which nobody else stands for. */
function office(test: TestContext) {
  const { options } = optionsFor(urls, { ttl: '10s' })
  return Object.assign((value: string): Elector => closing(test, elector({ ...options, value })), options)
}

describe.skipIf(!etcd)('E1: elector', () => {
  test('who comes first leads; the next one leads when the first resigns, with a greater token', async (t) => {
    const candidate = office(t)
    const [a, b] = [candidate('a'), candidate('b')]
    const first = await a.campaign()
    expect(first.isValid()).toBe(true)
    expect(await b.leader()).toEqual({ value: 'a', token: first.token })

    const won = vi.fn()
    const waiting = b.campaign().then((leadership) => {
      won()
      return leadership
    })
    const etcd = raw(t, urls)
    await soon(async () => expect(await etcd.getAll().prefix(`${candidate.prefix}/`).count()).toBe(2))
    expect(won).not.toHaveBeenCalled()
    await first.resign()
    expect(first.isValid()).toBe(false)
    expect(first.signal.aborted).toBe(true)
    const second = await waiting
    expect(second.isValid()).toBe(true)
    expect(second.token).toBeGreaterThan(first.token)
    expect(await a.leader()).toEqual({ value: 'b', token: second.token })
    await second.resign()
    expect(await a.leader()).toBeNull()
  })

  test('members and the record of a coordinator with the same prefix do not stand', async (t) => {
    const { options } = optionsFor(urls, { ttl: '10s' })
    const member = { id: 'node', address: 'x' }
    await closing(t, discovery(options)).register(member)
    const coordinator = closing(t, etcdCoordinator(options))
    await coordinator.swap(null, { term: 1 })
    const candidate = closing(t, elector({ ...options, value: 'a' }))
    expect(await candidate.leader()).toBeNull()
    const leadership = await candidate.campaign({ signal: AbortSignal.timeout(20_000) })
    expect(await candidate.leader()).toEqual({ value: 'a', token: leadership.token })
    expect(await coordinator.members()).toEqual([member])
    expect(await coordinator.get()).toMatchObject({ state: { term: 1 } })
  })

  test('who stood by the means of etcd itself leads until its key is gone', async (t) => {
    const { options } = optionsFor(urls, { ttl: '10s' })
    const etcd = raw(t, urls)
    const key = `${options.prefix}/election/694d5765fc71500b`
    await etcd.put(key).value('in Go')
    const candidate = closing(t, elector({ ...options, value: 'a' }))
    expect(await candidate.leader()).toMatchObject({ value: 'in Go' })
    const next = candidate.campaign()
    await soon(async () => expect(await etcd.getAll().prefix(`${options.prefix}/`).count()).toBe(2))
    await etcd.delete().key(key)
    expect((await next).isValid()).toBe(true)
  })

  test('who stands or leads cannot stand again; who was deposed or aborted can', async (t) => {
    const candidate = office(t)
    const [a, b] = [candidate('a'), candidate('b')]
    const first = await a.campaign()
    await expect(a.campaign()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    const aborting = new AbortController()
    const standing = b.campaign({ signal: aborting.signal })
    await expect(b.campaign()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    aborting.abort('enough')
    await expect(standing).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' })
    await expect(b.campaign({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' })
    await first.resign()
    // At once, in the turn in which the one before has ended.
    const again = await b.campaign({ signal: AbortSignal.abort() }).catch(() => b.campaign())
    expect(again.isValid()).toBe(true)
  })

  test('an aborted candidate leaves no key', async (t) => {
    const candidate = office(t)
    await candidate('a').campaign()
    const aborting = new AbortController()
    const standing = candidate('b').campaign({ signal: aborting.signal })
    const etcd = raw(t, urls)
    const count = () => etcd.getAll().prefix(`${candidate.prefix}/`).count()
    await soon(async () => expect(await count()).toBe(2))
    aborting.abort()
    await expect(standing).rejects.toMatchObject({ code: 'ABORTED' })
    expect(await count()).toBe(1)
  })

  test('close resigns and withdraws; later calls fail with CLOSED', async (t) => {
    const candidate = office(t)
    const [a, b, c] = [candidate('a'), candidate('b'), candidate('c')]
    const leadership = await a.campaign()
    const waiting = b.campaign().catch((error) => codeOf(error))
    await Promise.all([b.close(), a.close(), a.close()])
    expect(await waiting).toBe('CLOSED')
    expect(leadership.isValid()).toBe(false)
    expect(await c.leader()).toBeNull()
    expect((await c.campaign()).isValid()).toBe(true)
    await expect(a.campaign()).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(a.leader()).rejects.toMatchObject({ code: 'CLOSED' })
    expect(() => a.observe(() => {})).toThrow(expect.objectContaining({ code: 'CLOSED' }))
  })

  test('E2: (a) observers agree with the truth when many stand at once', async (t) => {
    const candidate = office(t)
    const observers = ['o', 'p'].map((value) => candidate(value))
    const seen: (Leader | null)[] = []
    for (const [at, observer] of observers.entries())
      observer.observe((leader) => {
        seen[at] = leader
      })
    let terms = 0
    const all = Array.from({ length: 6 }, (_, at) => candidate(`c${at}`))
    const running = all.map(async (each) => {
      const leadership = await each.campaign()
      terms++
      await soon(() =>
        expect(seen.map((leader) => leader?.token)).toEqual([leadership.token, leadership.token]),
      )
      expect(await each.leader()).toEqual(seen[0])
      await leadership.resign()
    })
    await Promise.all(running)
    expect(terms).toBe(6)
    await soon(() => expect(seen).toEqual([null, null]))
  })

  test('E2: (d) a new leadership of the same one is told', async (t) => {
    const candidate = office(t)
    const [a, b] = [candidate('a'), candidate('b')]
    const seen: (Leader | null)[] = []
    b.observe((leader) => seen.push(leader))
    await soon(() => expect(seen).toEqual([null]))
    const tokens: number[] = []
    for (let round = 0; round < 3; round++) {
      const leadership = await a.campaign()
      tokens.push(leadership.token)
      await soon(() => expect(seen.at(-1)).toEqual({ value: 'a', token: leadership.token }))
      await leadership.resign()
    }
    await soon(() => expect(seen.at(-1)).toBeNull())
    expect(seen.flatMap((leader) => leader?.token ?? [])).toEqual(tokens)
  })

  test('E2: (c) a leader whose key is removed by someone else is told, and the next one leads', async (t) => {
    const { options, events } = optionsFor(urls, { ttl: '10s' })
    const [a, b] = ['a', 'b'].map((value) => closing(t, elector({ ...options, value })))
    if (!a || !b) throw new Error('no candidates')
    const first = await a.campaign()
    const next = b.campaign()
    await raw(t, urls).delete().key(first.key)
    await soon(() => expect(first.signal.aborted).toBe(true))
    expect(first.isValid()).toBe(false)
    expect((await next).token).toBeGreaterThan(first.token)
    expect(events).toContainEqual({ kind: 'deposed', token: first.token, why: 'key' })
  })

  test('(c) a leader whose lease is revoked by someone else is told', async (t) => {
    const { options } = optionsFor(urls, { ttl: '10s' })
    const a = closing(t, elector({ ...options, value: 'a' }))
    const first = await a.campaign()
    await raw(t, urls).leaseClient.leaseRevoke({ ID: BigInt(`0x${first.key.split('/').at(-1)}`).toString() })
    await soon(() => expect(first.signal.aborted).toBe(true))
    expect(first.isValid()).toBe(false)
    expect((await a.campaign()).token).toBeGreaterThan(first.token)
  })

  test('the token fences: a transaction that compares it succeeds only while the leadership lasts', async (t) => {
    const candidate = office(t)
    const leadership = await candidate('a').campaign()
    const etcd = raw(t, urls)
    const act = async () =>
      (
        await etcd
          .if(leadership.key, 'Create', '==', leadership.token)
          .then(etcd.put(`${candidate.prefix}-act`).value('done'))
          .commit()
      ).succeeded
    expect(await act()).toBe(true)
    await leadership.resign()
    expect(await act()).toBe(false)
  })

  test('options that are none are refused', () => {
    const { options } = optionsFor(urls, { ttl: '10s' })
    const bad: unknown[] = [
      { ...options },
      { ...options, value: 1 },
      { ...options, value: 'a', hosts: [] },
      { ...options, value: 'a', hosts: 'redis://x' },
      { ...options, value: 'a', hosts: ['http://a', 'https://b'] },
      { ...options, value: 'a', prefix: '/' },
      { ...options, value: 'a', username: 'u' },
      { ...options, value: 'a', ttl: 500 },
      { ...options, value: 'a', ttl: '30d' },
      { ...options, value: 'a', timeout: 0 },
      { ...options, value: 'a', timeout: '30d' },
      { ...options, value: 'a', timeout: 'soon' },
      { ...options, value: 'a', host: 'x' },
      { ...options, value: 'a', hosts: 'a:99999' },
      { ...options, value: 'a', hosts: 5 },
      { ...options, value: 'a', hosts: [null] },
      { ...options, value: 'a', username: 'u', password: 12345 },
      { ...options, value: 'a', username: 5, password: 'p' },
      { ...options, value: 'a', prefix: ['/a'] },
      { ...options, value: 'a', onEvent: 'log' },
      { ...options, value: 'a', tls: { cert: 'x' } },
      { ...options, value: 'a', tls: { cert: 'no', key: 'PEM' } },
      { ...options, value: 'a', tls: 'x' },
      { ...options, value: 'a', tls: null },
      { ...options, value: 'a', tls: { ca: 5 } },
      null,
    ]
    for (const each of bad)
      expect(() => elector(each as never), JSON.stringify(each)).toThrow(
        // What is a secret is not shown.
        expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.not.stringContaining('12345') }),
      )
  })
})
