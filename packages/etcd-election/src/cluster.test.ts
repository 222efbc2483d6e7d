import { codeOf } from '@jcache/driver'
import type { Coordinator } from '@jcache/driver/election'
import { expect, test } from 'vitest'
import { closing, noUnhandledRejection, optionsFor, ownEtcd, soon } from './etcd.fixture.ts'
import type { Leadership } from './index.ts'
import { elector, etcdCoordinator } from './index.ts'
import { standAgain } from './stand-again.fixture.ts'

noUnhandledRejection()

/** Counts up as the record of a cluster does; answers how many swaps were answered with true, and how many without an answer. */
async function countUp(coordinator: Coordinator<number>, rounds: number) {
  let done = 0
  let unknown = 0
  for (let round = 0; round < rounds; round++) {
    try {
      const found = await coordinator.get()
      if (await coordinator.swap(found?.revision ?? null, (found?.state ?? 0) + 1)) done++
    } catch (error) {
      if (codeOf(error) === 'TIMEOUT') unknown++
    }
  }
  return { done, unknown }
}

test('E4: fail-over: a server killed, a server frozen, each in turn; no swap is lost or doubled', async (t) => {
  const { servers, urls } = await ownEtcd(t, { size: 3 })
  const { options, heard } = optionsFor(urls, { timeout: '3s' })
  const coordinators = urls.map(() => closing(t, etcdCoordinator<number>(options)))
  const [first] = coordinators
  if (!first) throw new Error('no coordinator')
  await first.join({ id: 'a', address: 'x' })
  let hints = 0
  first.subscribe(() => hints++)

  let done = 0
  let unknown = 0
  for (const [at, server] of servers.entries()) {
    if (at === 0) await server.kill()
    else server.pause()
    // All count at once, whichever server they were connected to.
    for (const counted of await Promise.all(coordinators.map((each) => countUp(each, 5)))) {
      done += counted.done
      unknown += counted.unknown
    }
    if (at === 0) await server.restart()
    else server.resume()
    await Promise.all(servers.map((each) => each.untilHealthy()))
  }
  const state = (await first.get())?.state ?? 0
  expect(done).toBeGreaterThan(10)
  expect(state).toBeGreaterThanOrEqual(done)
  expect(state).toBeLessThanOrEqual(done + unknown)
  expect(heard('server-failed').length).toBeGreaterThan(0)
  await soon(async () => expect(await first.members()).toHaveLength(1))
  hints = 0
  await soon(async () => expect((await countUp(first, 1)).done).toBe(1))
  await soon(() => expect(hints).toBeGreaterThan(0))
})

test('E2: a server that has lost the others answers nothing old', async (t) => {
  const { servers, urls } = await ownEtcd(t, { size: 3 })
  const [alone, ...others] = servers
  if (!alone) throw new Error('no server')
  const { options } = optionsFor([alone.url])
  const left = closing(t, etcdCoordinator<number>({ ...options, timeout: '1s' }))
  const right = closing(t, etcdCoordinator<number>({ ...options, hosts: urls.slice(1) }))
  await right.swap(null, 1)
  for (const other of others) other.pause()
  // On a busy machine a signal takes its time to stop all threads.
  await soon(() => expect(left.get()).rejects.toThrow())
  for (const call of [() => left.get(), () => left.members(), () => left.swap('1.1', 2)]) {
    const code = await call().then(
      () => 'none',
      (error) => codeOf(error),
    )
    expect(code).toMatch(/TIMEOUT|UNAVAILABLE/)
  }
  for (const other of others) other.resume()
  await soon(async () => expect((await right.get())?.state).toBe(1))
  await soon(async () => expect(await right.swap((await right.get())?.revision ?? null, 3)).toBe(true))
  await soon(async () => expect((await left.get())?.state).toBe(3))
})

test('E3: the leader of etcd itself dies: leadership goes on or goes over, and nobody leads twice', async (t) => {
  const { servers, urls } = await ownEtcd(t, { size: 3 })
  const { options } = optionsFor(urls, { ttl: '3s' })
  const candidates = ['a', 'b'].map((value) => closing(t, elector({ ...options, value })))
  const terms: Leadership[] = []
  for (const candidate of candidates) standAgain(candidate, terms)
  await soon(() => expect(terms).toHaveLength(1))
  let most = 0
  const looking = setInterval(() => {
    most = Math.max(most, terms.filter((term) => term.isValid()).length)
  }, 1)
  for (const server of servers) {
    await server.kill()
    await soon(async () => {
      expect(terms.filter((term) => term.isValid())).toHaveLength(1)
      expect(await candidates[0]?.leader()).toMatchObject({ token: terms.at(-1)?.token })
    })
    await server.restart()
  }
  clearInterval(looking)
  expect(most).toBe(1)
  expect(terms.map(({ token }) => token)).toEqual(terms.map(({ token }) => token).sort((a, b) => a - b))
})
