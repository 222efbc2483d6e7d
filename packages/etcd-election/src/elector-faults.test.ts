import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test as sequential, vi } from 'vitest'
import { closing, noUnhandledRejection, optionsFor, ownEtcd, partable, raw, soon } from './etcd.fixture.ts'
import { type Elector, elector, type Leader, type Leadership } from './index.ts'
import { standAgain } from './stand-again.fixture.ts'

noUnhandledRejection()

// They mostly wait.
const test = sequential.concurrent

/** Looks at every chance whether two lead at once; answers what says whether they ever did. */
function neverBoth(...leaderships: readonly { isValid(): boolean }[]) {
  let both = false
  const looking = setInterval(() => {
    both ||= leaderships.filter((each) => each.isValid()).length > 1
  }, 1)
  return () => {
    clearInterval(looking)
    return !both
  }
}

test('E2: (b) a candidate whose answer was lost does not wait for itself', async (t) => {
  const { proxy, options, direct, urls } = await partable(t, { ttl: '9s', timeout: '20s' })
  const etcd = raw(t, urls)
  const keys = () => etcd.getAll().prefix(`${options.prefix}/`).keys()
  const first = await closing(t, elector({ ...direct, value: 'first' })).campaign()
  const candidate = closing(t, elector({ ...options, value: 'second' }))
  const standing = candidate.campaign()
  await soon(async () => expect(await keys()).toHaveLength(2))
  // Its key is removed, and it puts it once more and hears nothing of that; unless it was just about something else.
  for (let back = false; !back; ) {
    await soon(async () => expect(await keys()).toHaveLength(2))
    const own = (await keys()).filter((key) => key !== first.key).join()
    proxy.loseAnswers()
    await etcd.delete().key(own)
    back = await vi
      .waitFor(async () => expect(await keys()).toContain(own), { timeout: 6_000, interval: 20 })
      .then(() => true)
      .catch(() => false)
    if (!back) proxy.cut()
  }
  // Something else happens in etcd.
  await etcd.put(`${options.prefix}-unrelated`).value('')
  proxy.cut()
  await first.resign()
  const leadership = await standing
  expect(leadership.isValid()).toBe(true)
  expect(await candidate.leader()).toEqual({ value: 'second', token: leadership.token })
})

test('E2: (f) a leader that is parted from etcd knows it before another can lead', async (t) => {
  const { proxy, options, direct, events } = await partable(t)
  const parted = closing(t, elector({ ...options, value: 'parted' }))
  const other = closing(t, elector({ ...direct, value: 'other' }))
  const first = await parted.campaign()
  const next = other.campaign()
  proxy.freeze()
  const second = await next
  expect(first.isValid()).toBe(false)
  const never = neverBoth(first, second)
  expect(first.signal.aborted).toBe(true)
  expect(events.filter(({ kind }) => kind === 'deposed')).toEqual([
    { kind: 'deposed', token: first.token, why: 'lease' },
  ])
  proxy.thaw()
  // It may stand again, and leads when the other goes.
  const again = parted.campaign()
  await soon(async () => expect(await parted.leader()).toEqual({ value: 'other', token: second.token }))
  await second.resign()
  expect((await again).token).toBeGreaterThan(second.token)
  expect(never()).toBe(true)
})

test('E3: etcd killed for less than the lease: the leadership goes on', async (t) => {
  const { server, urls } = await ownEtcd(t)
  const { options } = optionsFor(urls, { ttl: '10s' })
  const candidate = closing(t, elector({ ...options, value: 'a' }))
  const leadership = await candidate.campaign()
  await server.kill()
  await server.restart()
  await soon(async () => expect(await candidate.leader()).toEqual({ value: 'a', token: leadership.token }))
  expect(leadership.isValid()).toBe(true)
})

test('E3: etcd frozen for longer than the lease: deposed once, in time; then it can lead again', async (t) => {
  const { server, urls } = await ownEtcd(t)
  const { options, heard } = optionsFor(urls)
  const candidate = closing(t, elector({ ...options, value: 'a' }))
  const seen: (Leader | null)[] = []
  candidate.observe((leader) => seen.push(leader))
  const first = await candidate.campaign()
  server.pause()
  const frozen = performance.now()
  await new Promise((resolve) => first.signal.addEventListener('abort', resolve))
  expect(performance.now() - frozen).toBeLessThan(2_000 + 5_000)
  expect(first.isValid()).toBe(false)
  const standing = candidate.campaign()
  server.resume()
  const second = await standing
  expect(second.token).toBeGreaterThan(first.token)
  expect(heard('deposed')).toHaveLength(1)
  await soon(() => expect(seen.at(-1)).toEqual({ value: 'a', token: second.token }))
})

test('E2: (i) of three the second dies: the first leads on, and the third comes after it', async (t) => {
  const { urls } = await ownEtcd(t)
  const { options } = optionsFor(urls)
  const [a, b, c] = ['a', 'b', 'c'].map((value) => closing(t, elector({ ...options, value })))
  if (!a || !b || !c) throw new Error('no candidates')
  const etcd = raw(t, urls)
  const count = (wanted: number) =>
    soon(async () => expect(await etcd.getAll().prefix(`${options.prefix}/`).count()).toBe(wanted))
  const first = await a.campaign()
  const second = b.campaign().catch(() => undefined)
  await count(2)
  let third: Leadership | undefined
  const standing = c.campaign().then((leadership) => {
    third = leadership
  })
  await count(3)
  await b.close()
  await count(2)
  // Once more than whatever may have woken it.
  await etcd.put(`${options.prefix}/unrelated`).value('')
  await soon(async () => expect(await c.leader()).toEqual({ value: 'a', token: first.token }))
  expect([first.isValid(), third, await second]).toEqual([true, undefined, undefined])
  await first.resign()
  await standing
  expect(third?.isValid()).toBe(true)
})

test('E2: (i) etcd killed for longer than the lease: whoever leads then leads alone', async (t) => {
  const { server, urls } = await ownEtcd(t)
  const { options } = optionsFor(urls)
  const terms: Leadership[] = []
  for (const value of ['a', 'b']) {
    standAgain(closing(t, elector({ ...options, value })), terms)
  }
  await soon(() => expect(terms).toHaveLength(1))
  let most = 0
  const looking = setInterval(() => {
    most = Math.max(most, terms.filter((term) => term.isValid()).length)
  }, 1)
  await server.kill()
  await soon(() => expect(terms.some((term) => term.isValid())).toBe(false))
  await server.restart()
  await soon(() => expect(terms.filter((term) => term.isValid())).toHaveLength(1))
  clearInterval(looking)
  expect(most).toBe(1)
})

test('E2: (e) an observer whose connections are cut comes to see every last leader', async (t) => {
  const { proxy, options, direct } = await partable(t, { ttl: '10s' })
  const observer = closing(t, elector({ ...options, value: 'o' }))
  const candidates: Elector[] = ['a', 'b'].map((value) => closing(t, elector({ ...direct, value })))
  let seen: Leader | null = null
  observer.observe((leader) => {
    seen = leader
  })
  for (let round = 0; round < 5; round++) {
    for (const candidate of candidates) {
      const leadership = await candidate.campaign()
      proxy.cut()
      await soon(() => expect(seen).toMatchObject({ token: leadership.token }))
      proxy.cut()
      await leadership.resign()
    }
  }
  await soon(() => expect(seen).toBeNull())
})

test('E2: (g) a process that was frozen past its lease does not act when it wakes, and lives, though nobody listens', async (t) => {
  const { urls } = await ownEtcd(t)
  const { options } = optionsFor(urls)
  const file = fileURLToPath(new URL('acting-leader.fixture.ts', import.meta.url))
  const args = ['--no-warnings', '--conditions=@jcache/source', file, urls[0] ?? '', options.prefix]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  t.onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (data) => {
    said += data
  })
  const candidate = closing(t, elector({ ...options, value: 'other' }))
  await soon(() => expect(said.split('act').length).toBeGreaterThan(20))
  const next = candidate.campaign()
  child.kill('SIGSTOP')
  await next
  const elected = Date.now()
  child.kill('SIGCONT')
  await soon(() => expect(said).toContain('deposed'))
  const acts = [...said.matchAll(/^act (\d+)$/gm)].map(([, at]) => Number(at))
  expect(acts.length).toBeGreaterThan(10)
  expect(acts.filter((at) => at >= elected)).toEqual([])
  expect(said.split('deposed')).toHaveLength(2)
  // And nothing keeps it alive.
  await soon(() => expect(child.exitCode).toBe(0))
})
