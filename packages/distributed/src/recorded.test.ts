import { localCoordinator, localPlace } from '@jcache/driver/election'
import { expect, onTestFinished, test, vi } from 'vitest'
import { nodeOver } from './distributed.ts'
import { localNetwork } from './local-transport.ts'
import type { NodeEvent } from './node-event.ts'
import { recorded } from './recorded.ts'

const sound = { history: '1:a~0', term: 1, leader: 'a~0', inSync: ['a~0'] }

test.each([
  'text',
  [],
  {},
  { ...sound, history: 1 },
  { ...sound, term: '1' },
  { ...sound, term: 0 },
  { ...sound, term: 1.5 },
  { ...sound, leader: '' },
  { ...sound, inSync: 'a~0' },
  { ...sound, inSync: [1] },
])('%j is no record', (state) => {
  expect(recorded({ state: sound, revision: '1' })).toEqual({ state: sound, revision: '1' })
  expect(() => recorded({ state, revision: '1' })).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
})

test('a record that no node has written is told as trouble of the coordinator, and followed by nobody', async () => {
  const place = localPlace()
  await localCoordinator(place).swap(null, { term: 5, leader: { id: 'somebody' } })
  const events: NodeEvent[] = []
  const node = nodeOver(localNetwork().open, {
    coordinator: localCoordinator(place),
    leaderWait: '100ms',
    onEvent: (event) => events.push(event),
  })
  onTestFinished(() => node.close())
  await expect(node.commands.set('key', 'text')).rejects.toThrow(
    expect.objectContaining({ code: 'NO_LEADER' }),
  )
  await vi.waitFor(() => {
    const error = expect.objectContaining({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('somebody'),
    })
    expect(events).toContainEqual({ kind: 'coordinator', error })
  })
  expect(node.status()).toMatchObject({ role: 'joining', term: 0, leader: null })
})
