import { randomBytes } from 'node:crypto'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { Metadata } from '@grpc/grpc-js'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Hello } from '../gen/jcache/v1/peers.ts'
import { VERSION } from '../wire/parcel.ts'
import { numbered, startNode, type TestNode, until } from './node.fixture.ts'
import { expectWell, parcel, stranger } from './stranger.fixture.ts'
import { grpcTransport } from './transport.ts'

vi.setConfig({ testTimeout: 60_000 })

describe('D12: who says what', () => {
  const wrong: [string, Partial<Hello>, string][] = [
    ['another cluster', { cluster: 'other' }, 'CLUSTER'],
    ['another version', { version: VERSION + 1 }, 'VERSION'],
    ['another process', { to: 'a.2' }, 'PROCESS'],
    ['nobody', { process: '' }, 'PROCESS'],
  ]
  test.each(wrong)('%s is refused', async (_, hello, fault) => {
    const a = await startNode('a.1~0')
    const { found, ...x } = stranger(a)
    x.hello(hello)
    x.frame(parcel([numbered(1)]))
    await until(() => found.fault !== undefined, 'a refusal')
    expect(found).toEqual({ heard: [], fault })
    expect(a.told).toEqual([fault])
    expect(a.status()).toMatchObject({ inbound: 0, faults: { [fault]: 1 } })
    expect(a.heard).toEqual([])
    await expectWell(a)
  })

  test('a node of another cluster learns why it is refused', async () => {
    const [a, b] = [await startNode('a.1~0'), await startNode('b.1~0', { cluster: 'other' })]
    b.reach([a])
    await until(() => b.told.length > 0, 'the reason')
    expect(b.told[0]).toBe('CLUSTER')
    expect(b.faultTexts[0]).toContain('"other"')
    expect(a.told[0]).toBe('CLUSTER')
  })

  test('messages before hello, hello twice, and nothing at all', async () => {
    const a = await startNode('a.1~0', { connectTimeout: 300 })
    const early = stranger(a)
    early.frame(parcel([numbered(1)]))
    const twice = stranger(a)
    twice.hello()
    twice.hello()
    const empty = stranger(a)
    empty.nothing()
    const mute = stranger(a)
    const all = [early, twice, empty, mute]
    await until(() => all.every(({ found }) => found.fault === 'HELLO'), 'refusals')
    expect(a.heard).toEqual([])
    expect(a.status().inbound).toBe(0)
    await expectWell(a)
  })

  test('a message in the name of another', async () => {
    const a = await startNode('a.1~0')
    const { found, ...x } = stranger(a)
    x.hello()
    x.frame(parcel([numbered(1)], 'b.1~0'))
    await until(() => found.fault === 'SENDER', 'a refusal')
    expect(a.heard).toEqual([])
  })

  test('bytes that are no message: the stream ends, what came before counts', async () => {
    const a = await startNode('a.1~0')
    const { found, ...x } = stranger(a)
    x.hello()
    x.frame(parcel([numbered(1)]))
    x.frame(randomBytes(500))
    x.frame(parcel([numbered(2)]))
    await until(() => found.fault === 'BYTES', 'a refusal')
    expect(a.heard.map(({ message }) => message)).toEqual([numbered(1)])
    await expectWell(a)
  })

  test('a message that is announced larger than the limit is refused before it comes', async () => {
    const a = await startNode('a.1~0', { maxMessage: 1 << 20 })
    const { found, ...x } = stranger(a)
    x.hello()
    x.frame(Buffer.alloc(1_000), 2 ** 40)
    await until(() => found.fault === 'TOO_LARGE', 'a refusal')
    await expectWell(a)
  })

  test('a part that is not what comes next', async () => {
    const a = await startNode('a.1~0')
    const { found, ...x } = stranger(a)
    x.hello()
    const whole = parcel([numbered(1)])
    x.frame(whole.subarray(0, 2), whole.length - 2)
    x.frame(whole.subarray(2), 1)
    await until(() => found.fault === 'BYTES', 'a refusal')
    expect(a.heard).toEqual([])
    await expectWell(a)
  })
  test('a message of gRPC above the limit is refused by gRPC', async () => {
    const a = await startNode('a.1~0')
    const { found, ...x } = stranger(a)
    x.hello()
    x.frame(Buffer.alloc(5 << 20))
    await until(() => found.fault !== undefined, 'a refusal')
    await until(() => a.told.includes('LOST'), 'the news')
    expect(a.status().inbound).toBe(0)
    expect(a.heard).toEqual([])
    await expectWell(a)
  })
})

describe('D12: the token', () => {
  const token = 'correct-horse'
  test.each([
    undefined,
    '',
    'Bearer',
    'Bearer correct-hors',
    'Bearer correct-horsE',
    'correct-horse',
    `Bearer ${token} `,
  ])('is not %j', async (header) => {
    const a = await startNode('a.1~0', { token })
    const metadata = new Metadata()
    if (header !== undefined) metadata.set('authorization', header)
    const { found, ...x } = stranger(a, metadata)
    x.hello()
    x.frame(parcel([numbered(1)]))
    await until(() => found.fault === 'TOKEN', 'a refusal')
    expect(found.heard).toEqual([])
    expect(a.heard).toEqual([])
  })

  test('nodes that know it hear each other; one that does not learns so', async () => {
    const a = await startNode('a.1~0', { token })
    const b = await startNode('b.1~0', { token: 'another' })
    b.reach([a])
    await until(() => b.told.includes('TOKEN'), 'a refusal')
    expect(a.faultTexts.join()).not.toContain('another')
    expect(b.faultTexts.join()).not.toContain('horse')
    await expectWell(a, { token })
  })

  test.each(['', 'two words', 'ünicode'])('cannot be %j', (wrong) => {
    expect(() => grpcTransport({ cluster: 'test', token: wrong })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    )
  })
})

describe('D12: nobody listens to strangers unasked', () => {
  test.each(['0.0.0.0', '::', '192.0.2.1', 'example.org', '', '127.0.0.1.example.org'])('on %j', (host) => {
    expect(() => grpcTransport({ cluster: 'test', host })).toThrow(
      expect.objectContaining({ name: 'CacheError', code: 'INVALID_ARGUMENT' }),
    )
  })
  test.each(['127.0.0.1', '127.0.0.9', '::1', 'localhost'])('but on %j', (host) => {
    expect(() => grpcTransport({ cluster: 'test', host })).not.toThrow()
  })
  test('unless it is written out', async () => {
    const a = await startNode('a.1~0', { host: '0.0.0.0', insecure: true, advertise: '127.0.0.1' })
    expect(a.address).toMatch(/^127\.0\.0\.1:\d+$/)
    await expectWell(a)
  })
  test.each(['192.0.2.1:80', 'example.org:80'])('nor dials %j', async (address) => {
    const a = await startNode('a.1~0', { token: 'secret' })
    a.reach([{ id: 'b.1~0', address }])
    expect(a.told).toEqual(['INSECURE'])
  })
})

describe('D12: bytes of any kind', () => {
  async function spoken(node: TestNode, ...chunks: readonly Uint8Array[]): Promise<void> {
    const socket: Socket = connect(Number(node.address.split(':')[1]), '127.0.0.1')
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    await new Promise((resolve) => socket.once('connect', resolve))
    for (const chunk of chunks) socket.write(chunk)
    socket.resume()
    await new Promise<void>((resolve) => socket.end(() => resolve()))
  }

  test('noise, half a preface, and a preface with noise behind', async () => {
    const a = await startNode('a.1~0')
    const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    for (let turn = 0; turn < 20; turn++) {
      await spoken(a, randomBytes(2_000))
      await spoken(a, preface.subarray(0, turn))
      await spoken(a, preface, randomBytes(2_000))
      // Settings, then a frame of an unknown kind, longer than it is.
      await spoken(
        a,
        preface,
        Buffer.from('000000040000000000', 'hex'),
        Buffer.from('ffffff7f00000000017', 'hex'),
      )
    }
    await expectWell(a)
    expect(a.heard).toHaveLength(1)
  })

  test('a call of the right name with noise in it, cut short', async () => {
    const a = await startNode('a.1~0')
    for (let turn = 0; turn < 20; turn++) {
      const session = connectHttp2(`http://${a.address}`)
      session.on('error', () => {})
      const headers = {
        ':method': 'POST',
        ':path': '/jcache.v1.Peers/Session',
        'content-type': 'application/grpc',
        te: 'trailers',
      }
      const stream = session.request(headers)
      stream.on('error', () => {})
      const body = randomBytes(60)
      // Half of them announce their length well.
      stream.write(turn % 2 ? body : Buffer.concat([Buffer.from([0, 0, 0, 0, body.length]), body]))
      stream.resume()
      await new Promise((resolve) => setTimeout(resolve, 5))
      session.destroy()
    }
    await until(() => a.told.length >= 20 && a.status().inbound === 0, 'their end')
    expect(a.told).toContain('BYTES')
    await expectWell(a)
    expect(a.heard).toHaveLength(1)
  })

  test('a flood of streams, and of messages to nobody, costs no memory', async () => {
    const a = await startNode('a.1~0', { connectTimeout: 10_000, token: 'secret' })
    const before = process.memoryUsage().rss
    const floods = Array.from({ length: 40 }, () => stranger(a))
    const junk = Buffer.alloc(250_000)
    for (const { hello, frame } of floods) {
      hello()
      for (let turn = 0; turn < 20; turn++) frame(junk)
    }
    await until(() => floods.every(({ found }) => found.fault === 'TOKEN'), 'refusals')
    await expectWell(a, { token: 'secret' })
    expect(a.status().faults.TOKEN).toBe(40)
    expect(process.memoryUsage().rss - before).toBeLessThan(600 << 20)
  })

  test('streams that say nothing are let in up to a number', async () => {
    const a = await startNode('a.1~0', { connectTimeout: 60_000 })
    const floods = Array.from({ length: 300 }, () => stranger(a))
    await until(() => floods.filter(({ found }) => found.fault === 'CROWDED').length >= 44, 'refusals')
    expect(a.status().inbound).toBe(256)
  })
})
