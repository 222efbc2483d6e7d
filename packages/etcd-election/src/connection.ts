import { AuthClient, Etcd3, type ICallable, type IOptions, KVClient, LeaseClient, WatchClient } from 'etcd3'
import type { Settings } from './options.ts'

/** The calls of etcd, as etcd3 has them. */
export interface Calls {
  readonly kv: KVClient
  readonly lease: LeaseClient
  readonly watch: WatchClient
  readonly auth: AuthClient
}

type Callable = ICallable<unknown>
type Service = Parameters<Callable['exec']>[0]
/** A client of gRPC, and the metadata to go with a call. */
type Given = Parameters<Parameters<Callable['withConnection']>[1]>[0]
type UnaryMethod = (
  request: unknown,
  metadata: Given['metadata'],
  options: object,
  callback: (error: Error | null, answer: unknown) => void,
) => { cancel(): void }

/**
 * One connection to one server. etcd3 makes its gRPC clients and knows its messages; how calls fail, end and are
 * repeated is decided here and in `servers.ts`, since etcd3 repeats what must not be, asks for tokens on connections
 * that it never closes, and waits for ever in an attempt to connect that hangs.
 */
export class Connection implements Callable {
  readonly host: string
  readonly calls: Calls
  readonly callOptionsFactory: undefined
  /** What to send along with calls, once it is known. */
  token: string | undefined
  readonly #clients: Clients
  readonly #running = new Set<() => void>()
  readonly #streams = new Set<() => void>()
  #client: Given['client'] | undefined
  readonly #onEnd: (connection: Connection) => void
  #ended: 'retired' | 'closed' | undefined

  constructor(host: string, settings: Settings, onEnd: (connection: Connection) => void) {
    this.host = host
    this.#onEnd = onEnd
    this.calls = {
      kv: new KVClient(this),
      lease: new LeaseClient(this),
      watch: new WatchClient(this),
      auth: new AuthClient(this),
    }
    this.#clients = new Clients(host, settings)
  }

  /** One request, one answer. Rejects with the error of gRPC, which has a `code`. */
  async exec<T>(service: Service, method: string, request: unknown, options: object = {}): Promise<T> {
    const { client, metadata } = await this.#given(service)
    const call: unknown = Reflect.get(client, method)
    if (typeof call !== 'function') throw new Error(`etcd3 has no ${service}.${method}`)
    return new Promise<T>((resolve, reject) => {
      const running = (call as UnaryMethod).call(client, request, metadata, options, (error, answer) => {
        end()
        if (error) reject(error)
        // The proto file says what is answered, and etcd3's clients say it in types.
        else resolve(answer as T)
      })
      const end = this.during(() => running.cancel())
    })
  }

  async withConnection<R>(service: Service, use: (given: Given) => Promise<R> | R): Promise<R> {
    return use(await this.#given(service))
  }

  markFailed(): void {
    // Whoever opened a stream hears of its end, and that is enough.
  }

  /** Has something cancelled when the connection is closed; a stream also when it is retired. Call what is answered at its end. */
  during(cancel: () => void, kind: 'call' | 'stream' = 'call'): () => void {
    const set = kind === 'stream' ? this.#streams : this.#running
    set.add(cancel)
    if (this.#ended === 'closed' || (this.#ended && kind === 'stream')) cancel()
    return () => {
      set.delete(cancel)
      if (this.#ended) this.#endIfIdle()
    }
  }

  /** Has streams look for another server. */
  cancelStreams(): void {
    for (const cancel of [...this.#streams]) cancel()
  }

  /** Takes no further calls: those under way may end, streams are cancelled. */
  retire(): void {
    this.#ended ??= 'retired'
    this.cancelStreams()
    this.#endIfIdle()
  }

  /** Cancels everything. */
  close(): void {
    this.#ended = 'closed'
    for (const cancel of [...this.#running]) cancel()
    this.retire()
  }

  #endIfIdle(): void {
    if (this.#running.size > 0) return
    this.#client?.close()
    this.#onEnd(this)
  }

  async #given(service: Service): Promise<Given> {
    const given = await this.#clients.given(service)
    this.#client ??= given.client
    if (this.token !== undefined) given.metadata.set('token', this.token)
    // A server that has lost its leader then says so, and ends streams, instead of keeping silent.
    given.metadata.set('hasleader', 'true')
    return given
  }
}

/** Etcd3 for the sake of the gRPC clients that it makes, all on one channel. */
class Clients extends Etcd3 {
  readonly #channel: NonNullable<IOptions['grpcOptions']>

  constructor(host: string, { credentials, serverName }: Settings) {
    const channel = {
      // A new connection is new: it shares no socket that hangs.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.enable_channelz': 0,
      'grpc.enable_retries': 0,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 500,
      // etcd takes more than one ping in five seconds for an attack.
      'grpc.keepalive_time_ms': 6_000,
      'grpc.keepalive_timeout_ms': 1_500,
      ...(serverName !== undefined && {
        'grpc.ssl_target_name_override': serverName,
        'grpc.default_authority': serverName,
      }),
    }
    super({
      hosts: credentials ? `https://${host}` : host,
      grpcOptions: channel,
      faultHandling: { host: () => once, global: once },
      ...(credentials && { credentials }),
    })
    this.#channel = channel
  }

  given(service: Service): Promise<Given> {
    return this.pool.withConnection(service, (given) => {
      this.#channel['channelOverride'] ??= given.client.getChannel()
      return { client: given.client, metadata: given.metadata, resource: given.resource }
    })
  }
}

const unheard = () => ({ dispose: () => {} })

/** A policy that lets each call happen once. */
const once = {
  _altReturn: undefined as never,
  onSuccess: unheard,
  onFailure: unheard,
  execute: async <T>(call: (context: { signal: AbortSignal }) => PromiseLike<T> | T): Promise<T> =>
    call({ signal: new AbortController().signal }),
}
