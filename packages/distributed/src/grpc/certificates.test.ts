import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Authority, newAuthority } from '../../../../scripts/servers/certificates.ts'
import { numbered, startNode, until } from './node.fixture.ts'
import type { Tls } from './options.ts'
import { expectWell } from './stranger.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

describe('D12: certificates', () => {
  let authority: Authority | undefined
  let others: Authority | undefined
  beforeAll(async () => {
    authority = await newAuthority()
    others = await newAuthority()
  }, 30_000)
  afterAll(async () => {
    await authority?.remove()
    await others?.remove()
  })

  async function tlsOf(name: string, issuer = authority): Promise<Tls> {
    if (!issuer || !authority) throw new Error('no authority')
    const { cert, key } = await issuer.issue(`n${randomBytes(4).toString('hex')}`, name)
    return { ca: readFileSync(authority.ca), cert: readFileSync(cert), key: readFileSync(key) }
  }

  test('nodes with certificates of their names hear each other', async ({ skip }) => {
    if (!authority) skip('needs openssl')
    const a = await startNode('a.1~0', { tls: await tlsOf('a.test.jcache') })
    const b = await startNode('b.77~0', { tls: await tlsOf('b.test.jcache') })
    const c = await startNode('c.1~0', { tls: await tlsOf('*.test.jcache') })
    for (const node of [a, b, c]) node.reach([a, b, c])
    a.send(b.id, numbered(1))
    b.send(a.id, numbered(2))
    c.send(a.id, numbered(3))
    a.send(c.id, numbered(4))
    await until(() => [a.heard, b.heard, c.heard].flat().length === 4, 'all messages')
    expect([a.told, b.told, c.told].flat()).toEqual([])
  })

  test('no certificate, or one of nobody we know: no further than TLS', async ({ skip }) => {
    if (!authority) skip('needs openssl')
    const a = await startNode('a.1~0', { tls: await tlsOf('a.test.jcache') })
    const b = await startNode('b.1~0', { tls: await tlsOf('b.test.jcache', others) })
    const plain = await startNode('c.1~0')
    for (const node of [b, plain]) {
      node.reach([a])
      await until(() => node.told.includes('UNREACHABLE') || node.told.includes('LOST'), 'a refusal')
      expect(node.status().peers[0]?.state).not.toBe('open')
    }
    expect(a.heard).toEqual([])
    expect(a.status().inbound).toBe(0)
    await expectWell(a, { tls: await tlsOf('friend.test.jcache') })
  })

  test('the certificate of another node, or of another cluster', async ({ skip }) => {
    if (!authority) skip('needs openssl')
    const a = await startNode('a.1~0', { tls: await tlsOf('a.test.jcache') })
    for (const name of ['other.test.jcache', 'b.prod.jcache', 'b.jcache', 'localhost']) {
      const b = await startNode('b.1~0', { tls: await tlsOf(name) })
      const { length } = a.told
      b.reach([a])
      await until(() => b.told.includes('CERTIFICATE'), `a refusal of ${name}`)
      expect(a.told.length).toBeGreaterThan(length)
      // Nor is it taken for b by who dials it.
      a.reach([b])
      await until(() => a.told.includes('UNREACHABLE'), 'a refusal')
      expect(a.status().peers[0]?.state).not.toBe('open')
      await b.close()
      a.reach([])
    }
    expect(a.heard).toEqual([])
  })
})
