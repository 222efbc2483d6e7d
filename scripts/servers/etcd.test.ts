import { expect, onTestFinished, test, vi } from 'vitest'
import { startEtcd } from './etcd.ts'
import { orSkipped, sharedSet } from './shared.ts'

async function ask(url: string, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, unknown>
}

const key = btoa('key')

test('an etcd of our own keeps what it held when it is killed, and answers nothing while it is paused', async (t) => {
  await sharedSet('etcd')
  const etcd = await orSkipped(startEtcd())
  if (!etcd) return t.skip('no etcd')
  onTestFinished(() => etcd.stop())
  const [server] = etcd.servers
  if (!server) throw new Error('no server')
  await ask(server.url, '/v3/kv/put', { key, value: btoa('value') })
  await server.kill()
  await expect(ask(server.url, '/v3/kv/range', { key })).rejects.toThrow()
  await server.restart()
  expect(await ask(server.url, '/v3/kv/range', { key })).toMatchObject({ kvs: [{ value: btoa('value') }] })

  server.pause()
  let answered = false
  const late = ask(server.url, '/v3/kv/range', { key }).finally(() => {
    answered = true
  })
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(answered).toBe(false)
  server.resume()
  expect(await late).toMatchObject({ count: '1' })
})

test('a cluster of three outlives one of them', async (t) => {
  const etcd = await orSkipped(startEtcd({ size: 3 }))
  if (!etcd) return t.skip('no etcd')
  onTestFinished(() => etcd.stop())
  const [first, second] = etcd.servers
  if (!first || !second) throw new Error('no servers')
  await ask(first.url, '/v3/kv/put', { key, value: btoa('value') })
  await first.kill()
  await vi.waitFor(
    async () => expect(await ask(second.url, '/v3/kv/range', { key })).toMatchObject({ count: '1' }),
    10_000,
  )
})

test('the run has one etcd for those who ask', async (t) => {
  const etcd = await sharedSet('etcd')
  if (!etcd) return t.skip('no etcd')
  expect(await ask(etcd.urls[0] ?? '', '/v3/kv/range', { key })).toHaveProperty('header')
})
