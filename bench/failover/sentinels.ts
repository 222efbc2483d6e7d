import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { ask } from '../../scripts/servers/cluster.ts'
import type { RedisServer } from '../../scripts/servers/redis-server.ts'
import { type RedisSentinels, startSentinels } from '../../scripts/servers/sentinel.ts'
import { type Child, startChild } from '../../scripts/servers/talk.ts'
import { untilTrue } from '../../scripts/servers/until-true.ts'
import type { ClientOffers } from './client.subject.ts'
import { Partition } from './partition.ts'
import { type Fault, keysOf, type Round, waitsOf } from './round.ts'
import { machineTime } from './writer.ts'

/** Sentinels begin no second failover before twice their timeout has passed: milliseconds. */
const BETWEEN_FAILOVERS = 7_000

/** A primary with two replicas under three sentinels. */
export class Sentinels {
  readonly #set: RedisSentinels
  readonly #client: Child<ClientOffers>
  readonly #listeners: readonly Redis[]
  readonly #switched: number[] = []

  private constructor(set: RedisSentinels, client: Child<ClientOffers>) {
    this.#set = set
    this.#client = client
    this.#listeners = set.sentinels.map(({ host, port }) => new Redis(port, host))
    for (const listener of this.#listeners) {
      listener.on('message', () => this.#switched.push(machineTime()))
      void listener.subscribe('+switch-master')
    }
  }

  static async start(): Promise<Sentinels> {
    const set = await startSentinels({ fetch: true })
    for (const server of set.servers) await ask(server, 'CONFIG', 'SET', 'bind', '127.0.0.1 127.0.0.2')
    const { name, sentinels } = set
    const args = [JSON.stringify({ name, sentinels })]
    return new Sentinels(set, await startChild(new URL('client.subject.ts', import.meta.url), args))
  }

  /** The primary is lost under load, and comes back afterwards. */
  async round(fault: Fault): Promise<Round> {
    const primary = await this.#set.primary()
    const partition =
      fault === 'partition'
        ? new Partition('SENTINEL', [
            ['-p', 'tcp', '-d', '127.0.0.1', '--dport', `${primary.port}`],
            ['-p', 'tcp', '-s', '127.0.0.1', '--sport', `${primary.port}`],
          ])
        : undefined
    await this.#client.call('start', partition ? primary.port : 0)
    await sleep(1_000)

    this.#switched.length = 0
    const at = machineTime()
    if (fault === 'SIGKILL') await primary.kill()
    else if (fault === 'SIGSTOP') primary.pause()
    else partition?.begin()
    await untilTrue(async () => this.#switched.length > 0, 'the sentinels switch')
    await sleep(4_000)

    if (fault === 'SIGKILL') await primary.restart()
    else if (fault === 'SIGSTOP') primary.resume()
    partition?.end()
    partition?.remove()
    const { aware, beside } = await this.#client.call('stop')
    await this.#follow(primary)
    const keys = keysOf([aware, beside])
    const lost = await this.#lost(keys)
    await sleep(Math.max(0, BETWEEN_FAILOVERS - (machineTime() - (this.#switched[0] ?? 0))))
    return {
      leads: (this.#switched[0] ?? Number.NaN) - at,
      waits: waitsOf(aware, at),
      acknowledged: keys.length,
      lost,
      failed: aware.failed,
    }
  }

  async stop(): Promise<void> {
    await this.#client.kill()
    for (const listener of this.#listeners) listener.disconnect()
    await this.#set.stop()
  }

  /** The sentinels would tell it to follow by themselves, some ten seconds later. */
  async #follow(before: RedisServer): Promise<void> {
    const { port } = await this.#set.primary()
    await ask(before, 'CONFIG', 'SET', 'bind', '127.0.0.1 127.0.0.2')
    await ask(before, 'REPLICAOF', '127.0.0.1', port)
    await untilTrue(async () => {
      const said = await ask(await this.#set.primary(), 'INFO', 'replication')
      return String(said).split('state=online').length === 3
    }, 'both replicas are online')
  }

  async #lost(keys: readonly string[]): Promise<number> {
    const primary = new Redis((await this.#set.primary()).url)
    let lost = 0
    for (let at = 0; at < keys.length; at += 1_000) {
      const values = await primary.mget(keys.slice(at, at + 1_000))
      lost += values.filter((value) => value === null).length
    }
    primary.disconnect()
    return lost
  }
}
