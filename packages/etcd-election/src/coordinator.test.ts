import { randomUUID } from 'node:crypto'
import { coordinatorConformance } from '@jcache/driver/conformance'
import type { Coordinator } from '@jcache/driver/election'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { type EtcdOptions, etcdCoordinator } from './index.ts'

const etcd = await sharedSet('etcd')

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

function options(): EtcdOptions {
  return { hosts: etcd?.urls ?? [], prefix: `/coordinator/${randomUUID()}`, ttl: '2s' }
}

describe.skipIf(!etcd)('E1: etcdCoordinator', () => {
  const create = () => {
    const here = options()
    return (): Coordinator => etcdCoordinator(here)
  }
  for (const { name, run } of coordinatorConformance({ create })) test(name, run)
})
