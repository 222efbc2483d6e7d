import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test as sequential, type TestContext } from 'vitest'
import { noUnhandledRejection, ownEtcd, partable, proxyTo, soon } from './etcd.fixture.ts'
import { elector, etcdCoordinator } from './index.ts'

noUnhandledRejection()

// They mostly wait.
const test = sequential.concurrent

/** What a process that uses and closes everything says, and how it ends by itself. */
async function ended(test: TestContext, hosts: string) {
  const file = fileURLToPath(new URL('closing.fixture.ts', import.meta.url))
  const args = ['--no-warnings', '--conditions=@jcache/source', file, hosts, '/closing']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  test.onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      said += data
    })
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, said }
}

test('S2: after close nothing keeps the process alive', async (t) => {
  const { urls } = await ownEtcd(t)
  expect(await ended(t, urls[0] ?? '')).toEqual({ code: 0, said: 'left: \n' })
})

test('S2: the same where no server listens', async (t) => {
  expect(await ended(t, '127.0.0.1:1,127.0.0.1:2')).toEqual({ code: 0, said: 'left: \n' })
})

test('S2: the same where a server takes connections and says nothing', async (t) => {
  const { server } = await ownEtcd(t)
  const proxy = await proxyTo(t, server.port)
  proxy.freeze()
  expect(await ended(t, `127.0.0.1:${proxy.port}`)).toEqual({ code: 0, said: 'left: \n' })
})

test('S2: one connection each, also after etcd was away, and none after close', async (t) => {
  const { server, proxy, options, heard } = await partable(t)
  const coordinator = etcdCoordinator<number>(options)
  const candidate = elector({ ...options, prefix: `${options.prefix}/office`, value: 'a' })
  await coordinator.join({ id: 'a', address: 'x' })
  coordinator.subscribe(() => {})
  candidate.observe(() => {})
  await candidate.campaign()
  await Promise.all(Array.from({ length: 20 }, () => coordinator.get()))
  expect(proxy.count()).toBe(2)

  // Killed and frozen, so that connections break in every state that they can be in.
  await server.kill()
  await soon(() => expect(heard('server-failed').length).toBeGreaterThan(5))
  await server.restart()
  await soon(() => coordinator.get())
  server.pause()
  await soon(() => expect(heard('failed').length).toBeGreaterThan(4))
  server.resume()
  await soon(() => coordinator.get())
  await soon(() => candidate.leader())
  await soon(() => expect(proxy.count()).toBeLessThanOrEqual(2))
  await Promise.all([coordinator.close(), candidate.close()])
  await soon(() => expect(proxy.count()).toBe(0))
})
