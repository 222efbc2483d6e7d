import { createClient } from '@jcache/core'
import { type Coordinator, localCoordinator, localPlace } from '@jcache/driver/election'
import { etcdCoordinator } from '@jcache/etcd-election'
import { expectTypeOf, test } from 'vitest'
import { type Authority, type DistributedDriver, distributed, type NodeEvent } from './index.ts'

test('any coordinator will do, made before or in its place', () => {
  const coordinator = etcdCoordinator({ hosts: ['127.0.0.1:2379'], prefix: '/shop' })
  const node = distributed({ coordinator, onEvent: console.log })
  expectTypeOf(node).toEqualTypeOf<DistributedDriver>()
  const local = localCoordinator(localPlace())
  expectTypeOf(distributed).toBeCallableWith({ coordinator: local })
  expectTypeOf(distributed).toBeCallableWith({ coordinator: localCoordinator() })
  expectTypeOf(distributed).toBeCallableWith({ coordinator: etcdCoordinator({ hosts: 'a:1', prefix: 'p' }) })
  expectTypeOf<Coordinator<Authority>>().toExtend<Parameters<typeof distributed>[0]['coordinator']>()
  // @ts-expect-error half a coordinator
  distributed({ coordinator: { get: local.get, swap: local.swap } })
})

test('a node is a tier of a client, in whatever way it is asked', () => {
  const node = distributed({ coordinator: localCoordinator() })
  expectTypeOf(createClient([node]).incr('visits')).resolves.toBeNumber()
  const exact = createClient([node.with({ read: 'linearizable', acknowledge: 'in-sync' })])
  expectTypeOf(exact.get('visits')).resolves.toEqualTypeOf<string | null>()
  expectTypeOf(node.with).toBeCallableWith({ read: { maxStaleness: '2s' }, acknowledge: 2 })
  // @ts-expect-error no level
  node.with({ read: 'fresh' })
})

test('events are told apart by their kind', () => {
  distributed({
    coordinator: localCoordinator(),
    onEvent: async (event) => {
      expectTypeOf(event).toEqualTypeOf<NodeEvent>()
      if (event.kind === 'listening') expectTypeOf(event.address).toBeString()
      if (event.kind === 'fault') expectTypeOf(event.error.fault).toExtend<string>()
    },
  })
})
