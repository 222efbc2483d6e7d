import { readFile } from 'node:fs/promises'
import { CacheError } from '@jcache/driver'
import { localCoordinator, localPlace } from '@jcache/driver/election'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newAuthority } from '../../../scripts/servers/certificates.ts'
import { freePort } from '../../../scripts/servers/port.ts'
import { startProxy } from '../../../scripts/servers/proxy.ts'
import { type DistributedDriver, distributed } from './distributed.ts'
import { nodes, until } from './nodes.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

async function three() {
  const { add, leader, close } = nodes(distributed)
  onTestFinished(close)
  const all = [await add(), await add(), await add()]
  await vi.waitFor(() => expect(leader().status()?.inSync).toHaveLength(3), 20_000)
  const [left, right] = all.filter((node) => node !== leader())
  if (!left || !right) throw new Error('there are fewer than three nodes')
  return { all, leader: leader(), left, right, leading: leader }
}

test('D5: what a call has written, the same node shows, and every node soon', async () => {
  const { left, right, leader } = await three()
  for (let at = 0; at < 50; at++) {
    await left.commands.set('counter', `${at}`)
    expect(await left.commands.get('counter')).toBe(`${at}`)
  }
  for (const node of [right, leader])
    await vi.waitFor(async () => expect(await node.commands.get('counter')).toBe('49'))
})

test('D8: a linearizable read on any node sees what was acknowledged on another', async () => {
  const { left, right, leader } = await three()
  const reads = [right, leader].map((node) => node.with({ read: 'linearizable' }))
  for (let at = 0; at < 50; at++) {
    await left.commands.incr('counter')
    for (const { commands } of reads) expect(await commands.get('counter')).toBe(`${at + 1}`)
  }
})

test('D8: a session never goes back, and a bound for staleness is kept', async () => {
  const { left, right } = await three()
  const session = right.with({ read: 'session' })
  const fresh = right.with({ read: { maxStaleness: '2s' } })
  let seen = 0
  let over = false
  const writing = (async () => {
    for (let at = 1; at <= 200; at++) await left.commands.set('counter', `${at}`)
    over = true
  })()
  while (!over) {
    const now = Number((await session.commands.get('counter')) ?? 0)
    expect(now).toBeGreaterThanOrEqual(seen)
    seen = now
    expect(await fresh.commands.get('counter')).not.toBe('')
    await new Promise((resolve) => setImmediate(resolve))
  }
  await writing
  await session.commands.set('own', 'text')
  expect(await session.commands.get('own')).toBe('text')
})

test.for(['in-sync', 'leader', 1, 2, 3] as const)('D6: acknowledged by %s', async (acknowledge) => {
  const { left, leader } = await three()
  for (const node of [left, leader]) {
    const { commands } = node.with({ acknowledge })
    expect(await commands.incr(`counter:${acknowledge}`)).toBeGreaterThan(0)
  }
  expect(await leader.commands.get(`counter:${acknowledge}`)).toBe('2')
})

test('D10: a leader that closes hands over: no caller on another node notices', async () => {
  const { left, right, leader } = await three()
  const done = { left: 0, right: 0 }
  let isOver = false
  const write = async (name: 'left' | 'right', node: DistributedDriver) => {
    while (!isOver) {
      done[name]++
      expect(await node.commands.incr(name)).toBe(done[name])
    }
  }
  const writing = [write('left', left), write('right', right)]
  await vi.waitFor(() => expect(done.left).toBeGreaterThan(20))
  await leader.close()
  const before = { ...done }
  await vi.waitFor(() => expect(done.left).toBeGreaterThan(before.left + 20), 20_000)
  isOver = true
  await Promise.all(writing)
  const late = async () => leader.commands.get('left')
  await expect(late()).rejects.toThrow(expect.objectContaining({ code: 'CLOSED' }))
})

test('M6: pops that wait on several nodes are served in their order, each element once', async () => {
  const { all, left, right, leader } = await three()
  const popped: string[] = []
  const waiting: Promise<void>[] = []
  for (const [at, node] of [left, leader, right].entries()) {
    const pop = async () => {
      const got = await node.commands.blpop(['queue'], 30_000)
      popped.push(`${at}:${got?.[1]}`)
    }
    waiting.push(pop())
    // Who waits first is known when the leader knows of him.
    await leader.with({ read: 'linearizable' }).commands.get('queue-of-nobody')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await right.commands.rpush('queue', 'a', 'b', 'c')
  await Promise.all(waiting)
  expect(popped.toSorted()).toEqual(['0:a', '1:b', '2:c'])
  for (const node of all) expect(await node.with({ read: 'linearizable' }).commands.exists('queue')).toBe(0)
})

test('D9: without a leader a write ends with NO_LEADER, not executed', async () => {
  const place = localPlace()
  const refuse = async () => {
    throw new CacheError('UNAVAILABLE', 'the coordinator is away')
  }
  const node = distributed({
    coordinator: { ...localCoordinator(place), get: refuse, swap: refuse },
    leaderWait: '200ms',
  })
  onTestFinished(() => node.close())
  await node.listening()
  const failure = expect.objectContaining({
    code: 'NO_LEADER',
    message: expect.stringMatching(/not executed$/),
  })
  await expect(node.commands.set('key', 'text')).rejects.toThrow(failure)
  expect(node.status()).toMatchObject({ leader: null, coordinator: expect.any(CacheError) })
})

test('D6: a write whose answer does not come says that its outcome is unknown', async () => {
  const place = localPlace()
  const port = await freePort()
  const proxy = await startProxy(port)
  const start = (options: object) => {
    const node = distributed({ coordinator: localCoordinator(place), promise: '5s', lag: '4s', ...options })
    onTestFinished(() => node.close())
    return node
  }
  const leader = start({ listen: `127.0.0.1:${port}`, advertise: `127.0.0.1:${proxy.port}` })
  await until(leader, ({ role }) => role === 'leader')
  const follower = start({ commandTimeout: '500ms' })
  await until(follower, ({ role, members }) => role === 'follower' && members.length === 2)
  onTestFinished(() => proxy.stop())
  proxy.freeze()
  const failure = expect.objectContaining({
    code: 'TIMEOUT',
    message: expect.stringMatching(/outcome is unknown$/),
  })
  await expect(follower.commands.set('key', 'text')).rejects.toThrow(failure)
  proxy.thaw()
})

test.for([
  { listen: '0.0.0.0:0' },
  { listen: '0.0.0.0:0', insecure: true },
  { listen: '[::]:0', insecure: true },
  { advertise: 'host:0' },
  { coordinator: {} },
  { coordinator: { ...localCoordinator(), subscribe: undefined } },
  { listen: 'nowhere' },
  { listen: '127.0.0.1:70000' },
  { token: 'with blanks' },
  { cluster: '' },
  { tls: {} },
  { tls: { ca: 'no', cert: 'PEM', key: 'at all' } },
  { promise: '1s', lag: '2s' },
  { nonsense: true },
])('D12: %j is refused', (options) => {
  const given = { coordinator: localCoordinator(), ...options } as Parameters<typeof distributed>[0]
  expect(() => distributed(given)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
})

test('D12: a node with another token, or of another cluster, is refused, counted and told', async () => {
  const place = localPlace()
  const faults: string[] = []
  const own = distributed({
    coordinator: localCoordinator(place),
    token: 'right',
    onEvent: (event) => event.kind === 'fault' && faults.push(event.error.fault),
  })
  onTestFinished(() => own.close())
  await until(own, ({ role }) => role === 'leader')
  for (const options of [{ token: 'wrong' }, { token: 'right', cluster: 'other' }]) {
    const other = distributed({ coordinator: localCoordinator(place), leaderWait: '100ms', ...options })
    onTestFinished(() => other.close())
  }
  await vi.waitFor(() => expect(new Set(faults)).toEqual(new Set(['TOKEN', 'CLUSTER'])), 20_000)
  expect(own.status()?.network?.faults).toMatchObject({
    TOKEN: expect.any(Number),
    CLUSTER: expect.any(Number),
  })
  expect(await own.commands.set('key', 'text')).toBe(true)
})

test('D12: nodes with certificates of the cluster, and a token, speak; one without is refused', async (test) => {
  const authority = await newAuthority()
  if (!authority) return test.skip('there is no openssl')
  onTestFinished(authority.remove)
  const issued = await authority.issue('node', '*.jcache.jcache')
  const [ca, cert, key] = await Promise.all(
    [authority.ca, issued.cert, issued.key].map((file) => readFile(file, 'utf8')),
  )
  if (!ca || !cert || !key) throw new Error('a certificate without a file')
  const faults: string[] = []
  const { add, leader, place, close } = nodes((options) =>
    distributed({
      ...options,
      tls: { ca, cert, key },
      token: 'secret',
      listen: '0.0.0.0:0',
      advertise: '127.0.0.1',
      onEvent: (event) => event.kind === 'fault' && faults.push(event.error.fault),
    }),
  )
  onTestFinished(close)
  const all = [await add(), await add()]
  const follower = all.find((node) => node !== leader())
  await follower?.commands.set('key', 'text')
  expect(await leader().commands.get('key')).toBe('text')
  const before = faults.length
  const plain = distributed({ coordinator: localCoordinator(place), token: 'secret' })
  onTestFinished(() => plain.close())
  await vi.waitFor(() => expect(faults.length).toBeGreaterThan(before), 20_000)
  expect(plain.status()?.role).toBe('joining')
})
