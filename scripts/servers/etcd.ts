import { randomBytes } from 'node:crypto'
import { type EtcdSeat, type EtcdServer, etcdArguments, etcdServer, etcdUrl, newSeat } from './etcd-server.ts'
import { fetchProgram } from './fetch.ts'
import { type FoundProgram, findProgram } from './find.ts'

export interface EtcdOptions {
  /** How many servers form the cluster. Default 1. */
  readonly size?: number
  /** Files that make clients connect by TLS; with `ca`, clients have to show a certificate that it signed. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string }
  /** More arguments for etcd. */
  readonly args?: readonly string[]
  /** Where no etcd is on PATH, get one from the distribution's packages (once, without root). Default: false. */
  readonly fetch?: boolean
}

export interface Etcd {
  readonly servers: readonly EtcdServer[]
  /** The addresses of all servers. */
  readonly urls: readonly string[]
  /** Ends all of them for good and removes their folders. */
  stop(): Promise<void>
}

/** Thrown where there is no etcd on this machine; the message says why. */
export class NeedsEtcd extends Error {
  override readonly name = 'NeedsEtcd'
}

/**
 * One etcd, or a cluster, on 127.0.0.1 with nothing in it: the one on PATH, else one fetched earlier, else (with `fetch`)
 * one fetched now. It waits for no disk, and finds a new leader of its own within a second.
 */
export async function startEtcd(options: EtcdOptions = {}): Promise<Etcd> {
  const program = await find(options.fetch === true)
  // Between our finding free ports and the servers' taking them, another program may have been quicker.
  return attempt(program, options).catch(() => attempt(program, options))
}

/** The etcd that ETCD_URL names, if it names one, else one of our own. */
export async function namedOrOwnEtcd(options: EtcdOptions): Promise<Pick<Etcd, 'urls' | 'stop'>> {
  const named = process.env['ETCD_URL']
  return named ? { urls: named.split(','), stop: async () => {} } : startEtcd(options)
}

async function find(fetch: boolean): Promise<FoundProgram> {
  const found = findProgram('etcd')
  if (found) return found
  let why = 'no etcd is on PATH'
  if (fetch) {
    try {
      await fetchProgram('etcd', ['etcd-server'])
    } catch (error) {
      why += `, and ${error instanceof Error ? error.message : String(error)}`
    }
  }
  const fetched = findProgram('etcd')
  if (fetched) return fetched
  throw new NeedsEtcd(`etcd is needed: ${why}`)
}

async function attempt(program: FoundProgram, { size = 1, tls, args = [] }: EtcdOptions): Promise<Etcd> {
  const seats: EtcdSeat[] = []
  while (seats.length < size) seats.push(await newSeat(`etcd${seats.length}`))
  const cluster = { seats, token: randomBytes(8).toString('hex'), tls }
  const servers = seats.map((seat) =>
    etcdServer(seat, { ...program, args: [...etcdArguments(seat, cluster), ...args] }, etcdUrl(seat, tls)),
  )
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()))
  }
  try {
    await Promise.all(servers.map((server) => server.restart()))
  } catch (error) {
    await stop()
    throw error
  }
  return { servers, urls: servers.map(({ url }) => url), stop }
}
