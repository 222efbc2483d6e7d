// Writers on what sentinels hold for the primary, as a process of its own; and others beside the primary.

import { Redis } from 'ioredis'
import type { RedisSentinels } from '../../scripts/servers/sentinel.ts'
import { offerToParent } from '../../scripts/servers/talk.ts'
import { Writers, type Written } from './writer.ts'

const WRITERS = { aware: 4, beside: 2 }
/** Where the servers can be reached too, by those whom no partition keeps away. */
const BESIDE = '127.0.0.2'

export type ClientOffers = {
  /** With writers that stay with the primary on this port, or none. */
  start(beside: number): void
  stop(): Promise<{ readonly aware: Written; readonly beside: Written }>
}

const { name, sentinels } = JSON.parse(process.argv[2] ?? '') as RedisSentinels
const clients = Array.from({ length: WRITERS.aware }, () => {
  const client = new Redis({ name, sentinels: [...sentinels], failoverDetector: true })
  client.on('error', () => {})
  return client
})
const aware = new Writers('aware')
const beside = new Writers('beside')
let staying: Redis[] = []

offerToParent({
  start: (port) => {
    aware.start(clients.map((client) => (key, value) => client.set(key, value)))
    staying = Array.from({ length: port === 0 ? 0 : WRITERS.beside }, () => {
      const client = new Redis({ host: BESIDE, port, retryStrategy: null, maxRetriesPerRequest: 0 })
      client.on('error', () => {})
      return client
    })
    beside.start(staying.map((client) => (key, value) => client.set(key, value)))
  },
  stop: async () => {
    const written = { aware: await aware.stop(), beside: await beside.stop() }
    for (const client of staying) client.disconnect()
    return written
  },
} satisfies ClientOffers)
