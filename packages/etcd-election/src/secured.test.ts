import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { codeOf } from '@jcache/driver'
import { expect, test as sequential, type TestContext } from 'vitest'
import { newAuthority } from '../../../scripts/servers/certificates.ts'
import { closing, noUnhandledRejection, optionsFor, ownEtcd, raw, soon } from './etcd.fixture.ts'
import { elector, etcdCoordinator } from './index.ts'

noUnhandledRejection()

// They mostly wait.
const test = sequential.concurrent

const password = 'a secret that is never told'

/** An etcd that asks for a password: root has all keys, shop those under its prefix. */
async function guarded(test: TestContext) {
  const etcd = await ownEtcd(test)
  const { options, events } = optionsFor(etcd.urls)
  const admin = raw(test, etcd.urls)
  const prefix = `${options.prefix}/`
  await admin.role('root').create()
  await admin.role('shop').create()
  await admin.role('shop').grant({ permission: 'Readwrite', range: admin.range({ prefix }) })
  await admin.user('root').create(password)
  await admin.user('root').addRole('root')
  await admin.user('shop').create(password)
  await admin.user('shop').addRole('shop')
  await admin.auth.authEnable()
  return { ...etcd, events, options: { ...options, username: 'shop', password } }
}

/** The code that a call fails with, and all that the error says. */
async function failureOf(call: Promise<unknown>) {
  return call.then(
    () => ({ code: 'none', text: '' }),
    (error: unknown) => ({ code: codeOf(error), text: inspect(error, { depth: 9, showHidden: true }) }),
  )
}

test('E4: with user and password, through a restart of etcd that forgets the tokens', async (t) => {
  const { server, options } = await guarded(t)
  const coordinator = closing(t, etcdCoordinator(options))
  const other = closing(t, etcdCoordinator(options))
  let hints = 0
  other.subscribe(() => hints++)
  await coordinator.join({ id: 'a', address: 'x' })
  expect(await coordinator.swap(null, 1)).toBe(true)
  expect(await other.members()).toHaveLength(1)
  await soon(() => expect(hints).toBeGreaterThan(0))
  await server.restart()
  await soon(async () => expect((await other.get())?.state).toBe(1))
  hints = 0
  await soon(async () => expect(await coordinator.swap((await other.get())?.revision ?? null, 2)).toBe(true))
  await soon(() => expect(hints).toBeGreaterThan(0))
  await soon(async () => expect(await other.members()).toHaveLength(1))
  const leadership = await closing(
    t,
    elector({ ...options, prefix: `${options.prefix}/office`, value: 'a' }),
  ).campaign()
  expect(leadership.isValid()).toBe(true)
})

test('E4: what etcd refuses fails at once, and tells no password', async (t) => {
  const { options, urls, events } = await guarded(t)
  const start = performance.now()
  const wrong = { ...options, timeout: '20s', password: `${password}!` } as const
  const { username: _, password: __, ...none } = options
  for (const refused of [wrong, none, { ...options, prefix: '/others' }]) {
    const coordinator = closing(t, etcdCoordinator(refused))
    coordinator.subscribe(() => {})
    const calls = [coordinator.get(), coordinator.swap(null, 1), coordinator.join({ id: 'a', address: 'x' })]
    for (const { code, text } of await Promise.all(calls.map(failureOf))) {
      expect(code).toBe('UNAVAILABLE')
      expect(text).toMatch(/refused/)
      expect(text).not.toContain(password)
    }
    const standing = closing(t, elector({ ...refused, value: 'a' })).campaign()
    expect((await failureOf(standing)).code).toBe('UNAVAILABLE')
  }
  expect(performance.now() - start).toBeLessThan(15_000)
  expect(inspect(events, { depth: 9 })).not.toContain(password)
  // A user that etcd does not ask for does no harm.
  const open = await ownEtcd(t)
  expect(await closing(t, etcdCoordinator({ ...options, hosts: open.urls })).swap(null, 1)).toBe(true)
  expect(urls).toHaveLength(1)
})

test('E4: TLS: the authority is checked, the name too, and a client certificate is shown', async (t) => {
  const authority = await newAuthority()
  const stranger = await newAuthority()
  if (!authority || !stranger) return t.skip('there is no openssl to make certificates with')
  t.onTestFinished(() => authority.remove())
  t.onTestFinished(() => stranger.remove())
  const server = await authority.issue('server', 'etcd.example')
  const client = await authority.issue('client')
  const { urls } = await ownEtcd(t, { tls: { ...server, ca: authority.ca } })
  const ca = readFileSync(authority.ca)
  const shown = { cert: readFileSync(client.cert), key: readFileSync(client.key) }
  const { options } = optionsFor(urls)

  const coordinator = closing(t, etcdCoordinator({ ...options, tls: { ca, ...shown } }))
  expect(await coordinator.swap(null, 'secured')).toBe(true)
  const named = closing(t, etcdCoordinator({ ...options, tls: { ca, ...shown, serverName: 'etcd.example' } }))
  expect((await named.get())?.state).toBe('secured')

  for (const tls of [
    { ca: readFileSync(stranger.ca), ...shown },
    { ca, ...shown, serverName: 'other.example' },
    { ca },
    shown,
  ]) {
    const refused = closing(t, etcdCoordinator({ ...options, tls, timeout: '1s' }))
    expect((await failureOf(refused.swap(null, 'refused'))).code).toMatch(/UNAVAILABLE|TIMEOUT/)
  }
  const plain = closing(
    t,
    etcdCoordinator({ ...options, timeout: '1s', hosts: urls.map((url) => url.replace('https', 'http')) }),
  )
  expect((await failureOf(plain.get())).code).toMatch(/UNAVAILABLE|TIMEOUT/)
  expect((await coordinator.get())?.state).toBe('secured')
})
