import { localCoordinator, localPlace } from '@jcache/driver/election'
import { expect, onTestFinished, test } from 'vitest'
import { nodeOver } from './distributed.ts'
import { localNetwork } from './local-transport.ts'
import { nodes, until } from './nodes.fixture.ts'

test('D8: a session sees what it has written, whatever it reads meanwhile', async () => {
  const { add, close } = nodes()
  onTestFinished(close)
  await add()
  const follower = await add()
  await until(follower, ({ inSync }) => inSync.length === 2)
  const { commands } = follower.with({ read: 'session', acknowledge: 'leader' })
  for (let at = 0; at < 100; at++) {
    await commands.set('a', String(at))
    // The read is answered last, and stands before the write.
    await Promise.all([commands.set('b', String(at)), commands.get('a')])
    expect(await commands.get('b')).toBe(String(at))
  }
})

test('a call that is aborted while the node begins to listen has ended', async () => {
  const { open } = localNetwork()
  let begin: (() => void) | undefined
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const node = nodeOver((...args) => begun.then(() => open(...args)), {
    coordinator: localCoordinator(localPlace()),
  })
  onTestFinished(() => node.close())
  const controller = new AbortController()
  const pop = expect(node.commands.blpop(['l'], 0, { signal: controller.signal })).rejects.toMatchObject({
    code: 'ABORTED',
  })
  controller.abort()
  begin?.()
  await pop
})
