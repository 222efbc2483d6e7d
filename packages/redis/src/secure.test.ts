import { readFileSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import { createServer } from 'node:tls'
import { codeOf } from '@jcache/driver'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Authority, type Certificate, newAuthority } from '../../../scripts/servers/certificates.ts'
import { ask } from '../../../scripts/servers/cluster.ts'
import { freePort } from '../../../scripts/servers/port.ts'
import { startRedis } from '../../../scripts/servers/redis.ts'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { type RedisConnection, redis } from './index.ts'
import { openCluster } from './open-cluster.ts'
import { settingsOf } from './options.ts'

function tier(connection: RedisConnection) {
  const driver = redis(connection, { commandTimeout: '5s' })
  onTestFinished(() => driver.close?.())
  return driver
}

/** What the call fails with, and all that it says. */
async function failureOf(call: unknown) {
  try {
    await call
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    const said = [error, cause].map((each) =>
      each instanceof Error ? `${each.stack}${JSON.stringify(each)}` : '',
    )
    return { code: codeOf(error), text: said.join('\n') }
  }
  throw new Error('the call did not fail')
}

interface Secured {
  readonly port: number
  stop(): Promise<void>
}

/** Takes TLS, from those with a certificate, and hands on what it hears to a port. */
async function startTlsBefore(to: number, { ca }: Authority, { cert, key }: Certificate): Promise<Secured> {
  const port = await freePort()
  const options = {
    cert: readFileSync(cert),
    key: readFileSync(key),
    ca: readFileSync(ca),
    requestCert: true,
  }
  const open = new Set<{ destroy(): void }>()
  const server = createServer(options, (near) => {
    const far = connectPlain(to, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const stop = async () => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  return { port, stop }
}

/** A server of TLS only for those with a certificate; where the one at hand has none, something with TLS before it. */
async function startTls(authority: Authority): Promise<Secured> {
  const certificate = await authority.issue('server', 'localhost')
  const { cert, key } = certificate
  const port = await freePort()
  try {
    const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', authority.ca]
    const server = await startRedis({ args: ['--tls-port', String(port), ...files] })
    return { port, stop: () => server.stop() }
  } catch {
    const server = await startRedis()
    const before = await startTlsBefore(server.port, authority, certificate)
    const stop = async () => {
      await before.stop()
      await server.stop()
    }
    return { port: before.port, stop }
  }
}

describe('R5: TLS', () => {
  let authority: Authority | undefined
  let server: Awaited<ReturnType<typeof startTls>> | undefined
  let client: { ca: string; cert: string; key: string } | undefined
  beforeAll(async () => {
    authority = await newAuthority()
    if (!authority) return
    server = await startTls(authority)
    const { cert, key } = await authority.issue('client')
    client = {
      ca: readFileSync(authority.ca, 'utf8'),
      cert: readFileSync(cert, 'utf8'),
      key: readFileSync(key, 'utf8'),
    }
  }, 30_000)
  afterAll(async () => {
    await server?.stop()
    await authority?.remove()
  })

  function parts(skip: (why: string) => never) {
    if (!server || !client) return skip('needs openssl')
    return { port: server.port, client }
  }

  test('with a certificate, for calls, waits and what the server tells', async ({ skip }) => {
    const { port, client } = parts(skip)
    const driver = tier({ host: 'localhost', port, family: 4, tls: client })
    const { commands } = driver
    expect(await commands.set('secure', 'text')).toBe(true)
    expect(await driver.entries?.dump('secure', 100)).toMatchObject({ value: 'text' })
    await commands.rpush('secure:list', 'a')
    expect(await commands.blpop(['secure:list'], 1_000)).toEqual(['secure:list', 'a'])
    const told = await new Promise((live) => {
      const end = driver.invalidations?.((invalidation) => invalidation.kind === 'live' && live('live'))
      onTestFinished(() => end?.())
    })
    expect(told).toBe('live')
  })

  test('refuses a server that nobody vouches for', async ({ skip }) => {
    const { port } = parts(skip)
    const { code, text } = await failureOf(tier(`rediss://127.0.0.1:${port}`).commands.get('k'))
    expect(code).toBe('UNAVAILABLE')
    expect(text).toMatch(/certificate/)
  })

  test('a server that wants a certificate refuses those without, and no message shows a key', async ({
    skip,
  }) => {
    const { port, client } = parts(skip)
    const without = await failureOf(
      tier({ host: '127.0.0.1', port, tls: { ca: client.ca } }).commands.get('k'),
    )
    expect(without.code).toBe('UNAVAILABLE')
    const [key] = [client.key.replace('KEY-----', 'KEY-----broken')]
    const broken = await failureOf(
      (async () => tier({ host: '127.0.0.1', port, tls: { ...client, key } }).commands.get('k'))(),
    )
    expect(broken.code).toBe('UNAVAILABLE')
    expect(broken.text).not.toContain(client.key.split('\n')[1])
  })
})

describe('R5: TLS before a cluster', () => {
  test('whose nodes are reached at other addresses than they know', async ({ skip }) => {
    const cluster = (await sharedSet('cluster')) ?? skip('needs redis-server')
    const authority = (await newAuthority()) ?? skip('needs openssl')
    onTestFinished(() => authority.remove())
    const certificate = await authority.issue('node', 'localhost')
    const natMap: Record<string, { host: string; port: number }> = {}
    for (const url of cluster.urls) {
      const { port, host } = new URL(url)
      const before = await startTlsBefore(Number(port), authority, certificate)
      onTestFinished(() => before.stop())
      natMap[host] = { host: 'localhost', port: before.port }
    }
    const [first] = Object.values(natMap)
    if (!first) throw new Error('no nodes')
    const { cert, key } = await authority.issue('client')
    const tls = {
      ca: readFileSync(authority.ca, 'utf8'),
      cert: readFileSync(cert, 'utf8'),
      key: readFileSync(key, 'utf8'),
    }
    const { commands, entries } = tier({ nodes: [first], natMap, redisOptions: { tls } })
    const keys = Array.from({ length: 20 }, (_, at) => `secure:${process.pid}:${at}`)
    await commands.mset(keys.map((key) => [key, key]))
    expect(await commands.mget(...keys)).toEqual(keys)
    const dumps = await Promise.all(keys.map((key) => entries?.dump(key, 100)))
    expect(dumps.map((each) => each && each !== 'too-big' && each.value)).toEqual(keys)
    await commands.rpush(`${keys[0]}:list`, 'a')
    expect(await commands.blpop([`${keys[0]}:list`], 1_000)).toEqual([`${keys[0]}:list`, 'a'])
  }, 30_000)
})

describe('R5: users', () => {
  test('by URL and by options; what they may not do is unsupported, and says so', async () => {
    const server = await startRedis()
    onTestFinished(() => server.stop())
    const password = 's3cret/with@signs:and%'
    const rules = ['~own:*', '&*', '+@all', '-flushall']
    await ask(server, 'ACL', 'SETUSER', 'ann', 'on', `>${password}`, ...rules)
    await ask(server, 'ACL', 'SETUSER', 'default', 'off')
    const { port } = server
    for (const connection of [
      `redis://ann:${encodeURIComponent(password)}@127.0.0.1:${port}`,
      { host: '127.0.0.1', port, username: 'ann', password },
    ]) {
      const { commands, entries } = tier(connection)
      expect(await commands.set('own:key', 'text')).toBe(true)
      expect(await entries?.dump('own:key', 100)).toMatchObject({ value: 'text' })
      for (const call of [
        () => commands.get('other'),
        () => commands.flushall(),
        () => entries?.dump('other', 100),
      ]) {
        const { code, text } = await failureOf(call())
        expect(code).toBe('UNSUPPORTED')
        expect(text).toContain('access list')
        expect(text).not.toContain('s3cret')
      }
    }
    const wrong = await failureOf(tier(`redis://ann:s3cret@127.0.0.1:${port}`).commands.get('own:key'))
    expect(wrong).toMatchObject({
      code: 'UNAVAILABLE',
      text: expect.stringContaining('check username and password'),
    })
    expect(wrong.text).not.toContain('s3cret')
  })

  test('of a cluster: what one URL says holds for the nodes that are learnt', async () => {
    const nodes = ['rediss://ann:p%40ss@one.example:7000', 'redis://two.example']
    const { cluster, options } = openCluster(
      { nodes, redisOptions: { connectionName: 'jcache' } },
      settingsOf({}),
    )
    onTestFinished(() => cluster.disconnect())
    expect(options).toMatchObject({ username: 'ann', password: 'p@ss', tls: {}, connectionName: 'jcache' })
  })
})

describe('R1: clusters that cannot be read', () => {
  test.each<[string, unknown]>([
    ['no URLs', []],
    ['no nodes', { nodes: [] }],
    ['no URL', ['localhost:7000']],
    ['another protocol', ['http://:s3cret@host']],
    ['a database', ['redis://:s3cret@host/2']],
    ['a database in options', { nodes: ['redis://host'], redisOptions: { db: 2, password: 's3cret' } }],
    ['options in a URL', ['redis://:s3cret@host?db=2']],
    ['a node without port', { nodes: [{ host: 'host' }] }],
    ['a prefix', { nodes: ['redis://host'], keyPrefix: 'p:' }],
    [
      'a prefix of the nodes',
      { nodes: ['redis://host'], redisOptions: { keyPrefix: 'p:', password: 's3cret' } },
    ],
    ['sentinels without a name', { sentinels: [{ host: 'host', port: 1 }], password: 's3cret' }],
    ['no sentinels', { sentinels: [], name: 'primary', password: 's3cret' }],
    [
      'replicas',
      { sentinels: [{ host: 'host', port: 1 }], name: 'primary', role: 'slave', password: 's3cret' },
    ],
  ])('%s is an invalid argument', async (_, connection) => {
    const { code, text } = await failureOf((async () => redis(connection as RedisConnection))())
    expect(code).toBe('INVALID_ARGUMENT')
    expect(text).not.toContain('s3cret')
  })
})
