import { codeOf } from '@jcache/driver'
import { expect, test as sequential } from 'vitest'
import { closing, noUnhandledRejection, optionsFor, ownEtcd, partable, raw, soon } from './etcd.fixture.ts'
import { etcdCoordinator } from './index.ts'

noUnhandledRejection()

// They mostly wait.
const test = sequential.concurrent

/** The code that a call fails with, and after how many milliseconds. */
async function failureOf(call: Promise<unknown>) {
  const start = performance.now()
  const code = await call.then(
    () => 'none',
    (error: unknown) => codeOf(error),
  )
  return { code, ms: performance.now() - start }
}

test('E3: nothing listens: calls end by their deadline with UNAVAILABLE, without a busy loop', async (t) => {
  const { options, heard } = optionsFor(['127.0.0.1:1'], { timeout: 600 })
  const coordinator = closing(t, etcdCoordinator(options))
  coordinator.subscribe(() => {})
  const calls = [
    coordinator.get(),
    coordinator.members(),
    coordinator.swap(null, 1),
    coordinator.join({ id: 'a', address: 'x' }),
  ]
  for (const { code, ms } of await Promise.all(calls.map(failureOf))) {
    expect(code).toBe('UNAVAILABLE')
    expect(ms).toBeLessThan(3_000)
  }
  expect(heard('server-failed').length).toBeLessThan(60)
})

test('E2: (h) a server that takes connections and says nothing: calls end by their deadline, and work when it speaks', async (t) => {
  const { proxy, options } = await partable(t, { timeout: '1s' })
  const coordinator = closing(t, etcdCoordinator(options))
  proxy.freeze()
  for (const { code, ms } of await Promise.all([
    failureOf(coordinator.get()),
    failureOf(coordinator.swap(null, 1)),
  ])) {
    expect(code).toMatch(/TIMEOUT|UNAVAILABLE/)
    expect(ms).toBeLessThan(10_000)
  }
  proxy.thaw()
  await soon(() => coordinator.get())
})

test('E2: (j) a watch that has gone deaf is not the only thing that wakes', async (t) => {
  const { proxy, options } = await partable(t)
  const coordinator = closing(t, etcdCoordinator(options))
  let hints = 0
  coordinator.subscribe(() => hints++)
  await soon(() => expect(hints).toBeGreaterThan(0))
  proxy.loseAnswers()
  hints = 0
  await soon(() => expect(hints).toBeGreaterThan(2))
})

test('E3: etcd frozen: calls end by their deadline; afterwards all is as before', async (t) => {
  const { server, urls } = await ownEtcd(t)
  const { options } = optionsFor(urls)
  const coordinator = closing(t, etcdCoordinator(options))
  const other = closing(t, etcdCoordinator(options))
  await coordinator.join({ id: 'a', address: 'x' })
  await coordinator.swap(null, 1)
  let hints = 0
  other.subscribe(() => hints++)
  server.pause()
  // On a busy machine a signal takes its time to stop all threads.
  await soon(async () => expect((await failureOf(coordinator.get())).code).not.toBe('none'))
  for (const call of [
    () => coordinator.get(),
    () => coordinator.members(),
    () => coordinator.swap(null, 2),
  ]) {
    const { code, ms } = await failureOf(call())
    expect(code).toMatch(/TIMEOUT|UNAVAILABLE/)
    expect(ms).toBeLessThan(10_000)
  }
  server.resume()
  await soon(async () => expect((await coordinator.get())?.state).toBe(1))
  await soon(async () => expect(await other.members()).toEqual([{ id: 'a', address: 'x' }]))
  hints = 0
  await soon(async () =>
    expect(await coordinator.swap((await coordinator.get())?.revision ?? null, 3)).toBe(true),
  )
  await soon(() => expect(hints).toBeGreaterThan(0))
})

test('E3: etcd killed for longer than the lease: the record is kept, members come back, hints go on', async (t) => {
  const { server, urls } = await ownEtcd(t)
  const { options } = optionsFor(urls, { ttl: '1s' })
  const coordinator = closing(t, etcdCoordinator(options))
  const other = closing(t, etcdCoordinator(options))
  await coordinator.join({ id: 'a', address: 'x' })
  await coordinator.swap(null, 'kept')
  await server.kill()
  for (const start = performance.now(); performance.now() - start < 1_500; ) {
    expect((await failureOf(coordinator.get())).code).toMatch(/UNAVAILABLE|TIMEOUT/)
  }
  let hints = 0
  other.subscribe(() => hints++)
  await server.restart()
  await soon(async () => expect((await other.get())?.state).toBe('kept'))
  await soon(async () => expect(await other.members()).toHaveLength(1))
  await soon(async () =>
    expect(await coordinator.swap((await coordinator.get())?.revision ?? null, 2)).toBe(true),
  )
  await soon(() => expect(hints).toBeGreaterThan(0))
  expect((await other.get())?.state).toBe(2)
})

test('E3: etcd comes back without its data: members come back, and what was read before fits nothing', async (t) => {
  const { server, urls } = await ownEtcd(t)
  const { options } = optionsFor(urls)
  const coordinator = closing(t, etcdCoordinator(options))
  const other = closing(t, etcdCoordinator(options))
  const etcd = raw(t, urls)
  const count = async () => Number((await etcd.put('count').value('')).header.revision)
  for (let at = 0; at < 20; at++) await count()
  await coordinator.join({ id: 'a', address: 'x' })
  await coordinator.swap(null, 'old')
  const before = await coordinator.get()
  let hints = 0
  other.subscribe(() => hints++)
  await server.restartEmpty()
  await soon(async () => expect(await coordinator.get()).toBeNull())
  await soon(async () => expect(await other.members()).toEqual([{ id: 'a', address: 'x' }]))
  expect(hints).toBeGreaterThan(0)
  expect(await coordinator.swap(before?.revision ?? null, 'stale')).toBe(false)

  // It counts anew, so that another record comes to be the same number.
  const number = parseInt(before?.revision ?? '', 10)
  while ((await count()) < number - 1);
  expect(await other.swap(null, 'new')).toBe(true)
  expect(parseInt((await other.get())?.revision ?? '', 10)).toBe(number)
  expect(await coordinator.swap(before?.revision ?? null, 'stale')).toBe(false)
  expect((await coordinator.get())?.state).toBe('new')
})

test('E3: parted from etcd for longer than the lease: off the list, and by itself on it again', async (t) => {
  const { proxy, options, events, direct } = await partable(t, { ttl: '1s' })
  const parted = closing(t, etcdCoordinator(options))
  const watching = closing(t, etcdCoordinator(direct))
  await parted.join({ id: 'parted', address: 'x' })
  await watching.join({ id: 'watching', address: 'y' })
  proxy.freeze()
  await soon(async () => expect(await watching.members()).toHaveLength(1))
  expect((await failureOf(parted.members())).code).toMatch(/TIMEOUT|UNAVAILABLE/)
  proxy.thaw()
  await soon(async () => expect(await watching.members()).toHaveLength(2))
  await soon(() =>
    expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['lease-lost', 'restored'])),
  )
})

test('E3: what others do to the key of a member is undone', async (t) => {
  const { urls } = await ownEtcd(t)
  const { options, heard } = optionsFor(urls)
  const coordinator = closing(t, etcdCoordinator(options))
  await coordinator.join({ id: 'a', address: 'x' })
  const etcd = raw(t, urls)
  await etcd.delete().key(`${options.prefix}/members/a`)
  await soon(async () => expect(await coordinator.members()).toHaveLength(1))
  await soon(() => expect(heard('restored').length).toBeGreaterThan(0))

  const restored = heard('restored').length
  const { leases } = await etcd.leaseClient.leaseLeases()
  for (const { ID } of leases) await etcd.leaseClient.leaseRevoke({ ID })
  await soon(() => expect(heard('restored').length).toBeGreaterThan(restored))
  expect(heard('lease-lost').length).toBeGreaterThan(0)
  expect(await coordinator.members()).toEqual([{ id: 'a', address: 'x' }])
})

test('E2: an answer lost (b): the swap is asked for again and answers true, and happened once', async (t) => {
  const { proxy, options, direct } = await partable(t, { timeout: '20s' })
  const coordinator = closing(t, etcdCoordinator(options))
  const other = closing(t, etcdCoordinator(direct))
  await coordinator.swap(null, 0)
  for (let round = 1; round <= 5; round++) {
    const { revision } = (await coordinator.get()) ?? { revision: null }
    proxy.loseAnswers()
    const swapping = coordinator.swap(revision, round)
    await soon(async () => expect((await other.get())?.state).toBe(round))
    const first = (await other.get())?.revision
    proxy.cut()
    expect(await swapping).toBe(true)
    expect((await other.get())?.revision).toBe(first)
  }
})

test('E2: an answer lost, and another swap since: unknown, not a wrong answer', async (t) => {
  const { proxy, options, direct } = await partable(t, { timeout: '20s' })
  const coordinator = closing(t, etcdCoordinator(options))
  const other = closing(t, etcdCoordinator(direct))
  await coordinator.swap(null, 'before')
  const revision = (await coordinator.get())?.revision ?? null
  proxy.loseAnswers()
  const swapping = failureOf(coordinator.swap(revision, 'mine'))
  await soon(async () => expect((await other.get())?.state).toBe('mine'))
  await other.swap((await other.get())?.revision ?? null, 'theirs')
  proxy.cut()
  expect((await swapping).code).toBe('TIMEOUT')
  expect((await other.get())?.state).toBe('theirs')
})

test('E2: a request lost, and another swap since: a certain no', async (t) => {
  const { proxy, options, direct } = await partable(t, { timeout: '20s' })
  const coordinator = closing(t, etcdCoordinator(options))
  const other = closing(t, etcdCoordinator(direct))
  await coordinator.swap(null, 'before')
  const revision = (await coordinator.get())?.revision ?? null
  proxy.freeze()
  const swapping = coordinator.swap(revision, 'mine')
  expect(await other.swap(revision, 'theirs')).toBe(true)
  proxy.cut()
  proxy.thaw()
  expect(await swapping).toBe(false)
})

test('E2: (e, j) cut connections and compactions: who looks at hints sees the last state', async (t) => {
  const { proxy, options, direct, urls } = await partable(t)
  const writer = closing(t, etcdCoordinator<number>(direct))
  const reader = closing(t, etcdCoordinator<number>(options))
  const etcd = raw(t, urls)
  let seen = 0
  reader.subscribe(() => {
    void reader.get().then(
      (record) => {
        seen = record?.state ?? 0
      },
      () => {},
    )
  })
  for (let round = 1; round <= 60; round++) {
    await writer.swap((await writer.get())?.revision ?? null, round)
    if (round % 6 === 0) {
      proxy.cut()
      const { header } = await etcd.kv.range({ key: Buffer.from('none') })
      await etcd.kv.compact({ revision: header.revision, physical: true })
    }
  }
  await soon(() => expect(seen).toBe(60))
})

test('close while etcd is frozen ends by the deadline, and what is under way fails with CLOSED', async (t) => {
  const { server, urls } = await ownEtcd(t)
  const { options } = optionsFor(urls)
  const coordinator = etcdCoordinator(options)
  await coordinator.join({ id: 'a', address: 'x' })
  coordinator.subscribe(() => {})
  server.pause()
  // On a busy machine a signal takes its time to stop all threads.
  await soon(async () => expect((await failureOf(coordinator.get())).code).not.toBe('none'))
  const reading = failureOf(coordinator.get())
  const start = performance.now()
  await coordinator.close()
  expect(performance.now() - start).toBeLessThan(20_000)
  expect((await reading).code).toMatch(/CLOSED|TIMEOUT|UNAVAILABLE/)
  expect((await failureOf(coordinator.get())).code).toBe('CLOSED')
  server.resume()
})
