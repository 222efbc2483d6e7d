import { conformance } from '@jcache/driver/conformance'
import { afterAll, describe, expect, test } from 'vitest'
import { nodes, until } from './nodes.fixture.ts'

describe('K6: the leader', () => {
  const { add, leader, close } = nodes()
  const create = async () => {
    for (let node = 0; node < 3; node++) await add()
    return leader()
  }
  afterAll(close)
  for (const { name, run } of conformance({ create })) test(name, run)
})

describe('K6: a follower', () => {
  const { add, close } = nodes()
  const create = async () => {
    await add()
    return add()
  }
  afterAll(close)
  for (const { name, run } of conformance({ create })) test(name, run)
})

describe('K6: a follower that has got everything as a snapshot', () => {
  const { add, close } = nodes()
  const create = async () => {
    const first = await add({ ring: 1_000 })
    for (let at = 0; at < 100; at++) await first.commands.set(`before:${at}`, 'text')
    const second = await add()
    expect(await second.commands.get('before:99')).toBe('text')
    await until(second, ({ role, ring }) => role === 'follower' && ring < 2_000)
    return second
  }
  afterAll(close)
  for (const { name, run } of conformance({ create })) test(name, run)
})

describe('K6: all keys of a cluster', () => {
  const { add, close } = nodes()
  const create = async () => {
    await add()
    return add()
  }
  afterAll(close)
  for (const { name, run } of conformance({ create, groups: ['server'] })) test(name, run)
})
