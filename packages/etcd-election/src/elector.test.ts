import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { type ElectorOptions, elector } from './index.ts'

const etcd = await sharedSet('etcd')

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

/** Candidates for one office. */
function office(more: Partial<ElectorOptions> = {}) {
  const prefix = `/office/${randomUUID()}`
  return (value: string, own: Partial<ElectorOptions> = {}) => {
    const made = elector({ hosts: etcd?.urls ?? [], prefix, value, ttl: '2s', ...more, ...own })
    onTestFinished(() => made.close())
    return made
  }
}

describe.skipIf(!etcd)('E1: elector', () => {
  test('who comes first leads, the next one leads when the first resigns, with a greater token', async () => {
    const candidate = office()
    const [a, b] = [candidate('a'), candidate('b')]
    const first = await a.campaign()
    expect(first.isValid()).toBe(true)
    expect(await b.leader()).toEqual({ value: 'a', token: first.token })

    let second: Awaited<ReturnType<typeof b.campaign>> | undefined
    const waiting = b.campaign().then((leadership) => {
      second = leadership
    })
    await vi.waitFor(async () => expect(await a.leader()).toMatchObject({ value: 'a' }))
    expect(second).toBeUndefined()
    await first.resign()
    expect(first.isValid()).toBe(false)
    expect(first.signal.aborted).toBe(true)
    await waiting
    expect(second?.isValid()).toBe(true)
    expect(second?.token).toBeGreaterThan(first.token)
    expect(await a.leader()).toEqual({ value: 'b', token: second?.token })
    await second?.resign()
    expect(await a.leader()).toBeNull()
  })
})
