import { createSecureContext } from 'node:tls'
import { CacheError, show } from '@jcache/driver'
import { addressText, isLoopback, isUnspecified, parsedAddress } from './address.ts'

/** Certificates of a node, as PEM. Its own must be issued to `<node>.<cluster>.jcache` (or `*.<cluster>.jcache`). */
export interface Tls {
  /** Who issues the certificates of the cluster. */
  readonly ca: string | Buffer
  readonly cert: string | Buffer
  readonly key: string | Buffer
}

/** How a node is reached and whom it trusts. All times in milliseconds. */
export interface GrpcOptions {
  /** Names the cluster: nodes of another one are refused. */
  readonly cluster: string
  /** Where to listen: `127.0.0.1` unless said. Beyond this machine only with `tls`, or `insecure`. */
  readonly host?: string
  /** A free one unless said. */
  readonly port?: number
  /** What others are told, `host:port` or a host, where they see this node elsewhere than where it listens. */
  readonly advertise?: string
  /** Certificates on both sides of every connection. */
  readonly tls?: Tls
  /** Listens to and dials any address without TLS: who reaches the port reads and writes everything. */
  readonly insecure?: boolean
  /** A secret that all nodes of the cluster know. */
  readonly token?: string
  /**
   * Whether addresses are the processes' own, with no proxy, virtual address or translation between. Only then does a
   * refused connection prove that a process is dead; said of other addresses, reads may be stale. False unless said.
   */
  readonly direct?: boolean
  /** Bytes on the way to one peer, in each of two streams; 16 MiB unless said. */
  readonly window?: number
  /** Bytes that wait for one peer beyond those; 16 MiB unless said. */
  readonly backlog?: number
  /** Bytes of the largest message; 256 MiB unless said. */
  readonly maxMessage?: number
  /** How long it takes at most until a peer says welcome; 1,000 unless said. */
  readonly connectTimeout?: number
  /** How long nothing is heard until a connection is tried out, and how long it then has to answer; 1,000 unless said. */
  readonly keepalive?: number
}

/** Options with nothing left to be said. */
export type Settings = Required<Omit<GrpcOptions, 'tls' | 'token' | 'advertise'>> &
  Pick<GrpcOptions, 'token' | 'advertise'> & {
    readonly tls: { readonly [Part in keyof Tls]: Buffer } | undefined
  }

/** @throws CacheError `INVALID_ARGUMENT` for options that are none, or that would listen to strangers. */
export function checked(options: GrpcOptions): Settings {
  const settings: Settings = {
    host: '127.0.0.1',
    port: 0,
    insecure: false,
    direct: false,
    window: 16 << 20,
    backlog: 16 << 20,
    maxMessage: 256 << 20,
    connectTimeout: 1_000,
    keepalive: 1_000,
    ...options,
    tls: options.tls && pem(options.tls),
  }
  if (typeof settings.cluster !== 'string' || settings.cluster === '')
    wrong('cluster wants a text, not empty')
  for (const name of ['window', 'backlog', 'maxMessage', 'connectTimeout', 'keepalive'] as const)
    if (!(Number.isSafeInteger(settings[name]) && settings[name] > 0))
      wrong(`${name} wants a whole number above zero`)
  if (
    settings.token !== undefined &&
    (typeof settings.token !== 'string' || !/^[\x21-\x7e]+$/.test(settings.token))
  )
    wrong('token wants a text of printable ASCII without spaces')
  if (!settings.tls && settings.insecure !== true && !isLoopback(settings.host))
    wrong(`listening on ${settings.host} lets strangers in: give tls, or say insecure: true`)
  checkTold(settings)
  return settings
}

/** What others are told must be an address that they can dial. */
function checkTold({ host, advertise }: Settings): void {
  const text = advertise ?? host
  const told = parsedAddress(text) ?? parsedAddress(addressText(text, 1))
  if (!told)
    wrong(`${advertise === undefined ? 'host' : 'advertise'} wants host:port or a host, found ${show(text)}`)
  if (isUnspecified(told.host))
    wrong(`others cannot dial ${told.host}: advertise wants where they reach this node, as 'shop-1.example'`)
}

/** The certificates as bytes, once it is seen that they are some, and that the key is theirs. */
function pem({ ca, cert, key }: Tls): Settings['tls'] {
  try {
    createSecureContext({ ca, cert, key })
    return { ca: Buffer.from(ca), cert: Buffer.from(cert), key: Buffer.from(key) }
  } catch (cause) {
    throw new CacheError('INVALID_ARGUMENT', `distributed: tls wants PEM: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function wrong(message: string): never {
  throw new CacheError('INVALID_ARGUMENT', `distributed: ${message}`)
}
