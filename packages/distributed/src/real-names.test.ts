import { readFile } from 'node:fs/promises'
import { localCoordinator } from '@jcache/driver/election'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newAuthority } from '../../../scripts/servers/certificates.ts'
import { distributed } from './distributed.ts'
import { nodes } from './nodes.fixture.ts'

test('D12: a node shows the certificate of its own name; with that of another it is let in nowhere', async (test) => {
  const authority = await newAuthority()
  if (!authority) return test.skip('there is no openssl')
  onTestFinished(authority.remove)
  const tlsOf = async (certified: string) => {
    const issued = await authority.issue(certified, `${certified}.jcache.jcache`)
    const [ca, cert, key] = await Promise.all(
      [authority.ca, issued.cert, issued.key].map((file) => readFile(file)),
    )
    if (!ca || !cert || !key) throw new Error('a certificate without a file')
    return { ca, cert, key }
  }
  const [a, b] = [await tlsOf('a'), await tlsOf('b')]
  const faults: string[] = []
  let next = { node: 'a', tls: a }
  const { add, leader, place, close } = nodes((options) =>
    distributed({
      ...options,
      ...next,
      onEvent: (event) => void (event.kind === 'fault' && faults.push(event.error.fault)),
    }),
  )
  onTestFinished(close)
  const first = await add()
  next = { node: 'b', tls: b }
  const second = await add()
  expect(first.status()?.id).toMatch(/^a\./)
  await second.commands.set('key', 'text')
  expect(await leader().commands.get('key')).toBe('text')
  const other = distributed({ coordinator: localCoordinator(place), node: 'c', tls: b })
  onTestFinished(() => other.close())
  await vi.waitFor(() => expect(faults).toContain('CERTIFICATE'), 20_000)
  expect(other.status()?.role).toBe('joining')
})

test.each(['', 'A', 'a.b', 'a b', 'x'.repeat(64)])('the name %j is refused', async (node) => {
  await expect(nodes((options) => distributed({ ...options, node })).add()).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
  })
})
