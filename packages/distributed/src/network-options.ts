import { CacheError, optionsOf } from '@jcache/driver'
import { parsedAddress } from './grpc/address.ts'
import type { GrpcOptions, Tls } from './grpc/options.ts'
import type { Options } from './options.ts'

/** How a node is reached, and whom it lets in. */
export interface NetworkOptions {
  /**
   * Where it listens, `host:port`; port 0 is a free one. Beyond this machine only with `tls` or `insecure`. Default
   * `'127.0.0.1:0'`.
   */
  readonly listen?: string
  /** Where others reach it, `host:port`, or the host alone, if that is not where it listens, as when that is `0.0.0.0`. */
  readonly advertise?: string
  /** Names the cluster: nodes of another one are refused. Default `'jcache'`. */
  readonly cluster?: string
  /** Certificates on both sides of every connection, each issued to `<node>.<cluster>.jcache` or `*.<cluster>.jcache`. */
  readonly tls?: Tls
  /** A secret that all nodes know: printable ASCII without spaces. */
  readonly token?: string
  /** Listens to and dials any address without TLS: who reaches the port reads and writes everything. */
  readonly insecure?: boolean
  /**
   * Says that the addresses are the processes' own, with no proxy, virtual address or translation between. Then a refused
   * connection proves that a leader is dead, and it is replaced at once. Said of other addresses, reads may be stale.
   * Default false.
   */
  readonly direct?: boolean
}

const text = [
  'a text, not empty',
  (given: unknown) => (typeof given === 'string' && given) || undefined,
] as const
const flag = ['true or false', (given: unknown) => (typeof given === 'boolean' ? given : undefined)] as const

/** @throws CacheError `INVALID_ARGUMENT` for an option that is not of its kind. The transport looks at the rest. */
export function networkOf(
  given: { [Name in keyof NetworkOptions]-?: NetworkOptions[Name] | undefined },
  { window, message }: Pick<Options, 'window' | 'message'>,
): GrpcOptions {
  const {
    listen = '127.0.0.1:0',
    cluster = 'jcache',
    ...rest
  } = optionsOf(
    'distributed',
    {
      listen: text,
      advertise: text,
      cluster: text,
      tls: ['{ ca, cert, key }', (tls) => (tls?.ca && tls.cert && tls.key ? tls : undefined)],
      token: text,
      insecure: flag,
      direct: flag,
    },
    given as NetworkOptions,
  )
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(listen) ?? []
  const place = parsedAddress(port === '0' ? `${host}:1` : listen)
  if (!place)
    throw new CacheError(
      'INVALID_ARGUMENT',
      `distributed wants listen as host:port, found ${JSON.stringify(listen)}`,
    )
  return {
    cluster,
    host: place.host,
    port: Number(port),
    // What the machine lets go out at once finds room, and heartbeats beside it.
    window: Math.max(16 << 20, 2 * window),
    backlog: Math.max(16 << 20, 2 * window),
    maxMessage: message,
    ...rest,
  }
}
