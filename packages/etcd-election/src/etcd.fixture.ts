import { randomUUID } from 'node:crypto'
import { Etcd3 } from 'etcd3'
import { afterEach, expect, type TestContext, vi } from 'vitest'
import { type Etcd, type EtcdOptions as ServerOptions, startEtcd } from '../../../scripts/servers/etcd.ts'
import type { EtcdServer } from '../../../scripts/servers/etcd-server.ts'
import { startProxy, type Proxy as TcpProxy } from '../../../scripts/servers/proxy.ts'
import { orSkipped, sharedSet } from '../../../scripts/servers/shared.ts'
import type { EtcdEvent, EtcdOptions } from './index.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let asked: Promise<unknown> | undefined

/** An etcd of the test's own, which may be killed, frozen and parted. */
export async function ownEtcd(
  test: TestContext,
  options?: ServerOptions,
): Promise<Etcd & { server: EtcdServer }> {
  // Fetched where it is missing, once for all tests; where there is none, each file says so once.
  asked ??= sharedSet('etcd')
  const etcd = (await asked) ? await orSkipped(startEtcd(options)) : undefined
  if (!etcd) return test.skip('there is no etcd')
  test.onTestFinished(() => etcd.stop())
  const [server] = etcd.servers
  if (!server) throw new Error('etcd without a server')
  return { ...etcd, server }
}

/** What a test hands to `elector` and the others, and what it hears of them. */
export interface Heard {
  readonly options: EtcdOptions
  readonly events: readonly EtcdEvent[]
  heard(kind: EtcdEvent['kind']): readonly EtcdEvent[]
}

/** The etcd of this test behind a proxy, and options to reach it there. */
export async function partable(
  test: TestContext,
  more: Partial<EtcdOptions> = {},
): Promise<Etcd & { server: EtcdServer; proxy: TcpProxy; direct: EtcdOptions } & Heard> {
  const etcd = await ownEtcd(test)
  const proxy = await proxyTo(test, etcd.server.port)
  const heard = optionsFor([`127.0.0.1:${proxy.port}`], more)
  return { ...etcd, proxy, ...heard, direct: { ...heard.options, hosts: etcd.urls } }
}

export async function proxyTo(test: TestContext, port: number): Promise<TcpProxy> {
  const proxy = await startProxy(port)
  test.onTestFinished(() => proxy.stop())
  return proxy
}

/** Options with short times and a prefix that nobody else has, and what they hear. */
export function optionsFor(hosts: readonly string[], more: Partial<EtcdOptions> = {}): Heard {
  const events: EtcdEvent[] = []
  const options: EtcdOptions = {
    hosts,
    prefix: `/test/${randomUUID()}`,
    ttl: '2s',
    timeout: '3s',
    onEvent: (event: EtcdEvent) => void events.push(event),
    ...more,
  }
  return {
    options,
    events,
    heard: (kind: EtcdEvent['kind']) => events.filter((event) => event.kind === kind),
  }
}

/** Closed at the end of the test. */
export function closing<Closed extends { close(): Promise<void> }>(test: TestContext, made: Closed): Closed {
  test.onTestFinished(() => made.close())
  return made
}

/** etcd3 as it is, to do what others do to etcd. */
export function raw(test: TestContext, hosts: readonly string[]): Etcd3 {
  const client = new Etcd3({ hosts: [...hosts] })
  test.onTestFinished(() => client.close())
  return client
}

/** Waits for what may take a lease to run out, on a busy machine. */
export function soon(condition: () => unknown): Promise<unknown> {
  return vi.waitFor(condition, { timeout: 20_000, interval: 20 })
}

/** Fails each test of the file in which a rejection is handled by nobody. */
export function noUnhandledRejection(): void {
  const rejections = vi.fn()
  process.on('unhandledRejection', rejections)
  afterEach(() => expect(rejections).not.toHaveBeenCalled())
}
