import { createSecureContext, rootCertificates } from 'node:tls'
import { CacheError, callable, type Duration, duration, optionsOf, quietly } from '@jcache/driver'
import type { EtcdEvent } from './event.ts'

/** How to reach etcd, and what all that is made here has in common. */
export interface EtcdOptions {
  /** The servers of the cluster, as `'127.0.0.1:2379'` or `'https://etcd-1.example:2379'`: one or more. */
  readonly hosts: string | readonly string[]
  /** What all keys begin with, such as `'/shop'`. Who has the same prefix belongs together. */
  readonly prefix: string
  /** Where etcd asks for a user. */
  readonly username?: string
  readonly password?: string
  /** TLS; `{}` or `https://` for a certificate that the system's authorities signed. */
  readonly tls?: EtcdTls
  /** How long the keys of a process that died stay; etcd may give more, and gives no fraction of a second. Default `'5s'`. */
  readonly ttl?: Duration
  /** How long a call may take, all servers that are tried included. Default `'2s'`. */
  readonly timeout?: Duration
  /** Told what happens in the background. */
  readonly onEvent?: (event: EtcdEvent) => void
}

/** Certificates and keys as PEM. */
export interface EtcdTls {
  /** The authority that signed the servers' certificates. Default: those of the system. */
  readonly ca?: string | Buffer
  /** The certificate that shows who this client is, and its key. */
  readonly cert?: string | Buffer
  readonly key?: string | Buffer
  /** The name to look for in the servers' certificates instead of the host's. */
  readonly serverName?: string
}

/** The options with every value there and checked. */
export interface Settings {
  readonly hosts: readonly string[]
  readonly user: { readonly name: string; readonly password: string } | undefined
  readonly credentials?: { rootCertificate: Buffer; privateKey?: Buffer; certChain?: Buffer }
  readonly serverName?: string | undefined
  /** Without a slash at its end. */
  readonly prefix: string
  readonly ttl: number
  /** How often what is watched is looked at in any case. */
  readonly lookEvery: number
  readonly timeout: number
  readonly tell: (event: EtcdEvent) => void
}

/** Timers end at 24.8 days. */
const day = 86_400_000

/** @throws CacheError `INVALID_ARGUMENT` for an option that is not known or not of its kind. `of` names who was called. */
export function settingsOf(options: EtcdOptions, of: string): Settings {
  const refuse = (wanted: string): never => {
    throw new CacheError('INVALID_ARGUMENT', `${of} wants ${wanted}`)
  }
  const {
    hosts = refuse("hosts, as '127.0.0.1:2379'"),
    prefix = refuse("a prefix, as '/shop'"),
    username,
    password,
    tls,
    ttl = 5_000,
    timeout = 2_000,
    onEvent,
  } = optionsOf(
    of,
    {
      hosts: ["one or more, as '127.0.0.1:2379'", listOf],
      prefix: ["a text, as '/shop'", prefixOf],
      username: ['a text', (name) => (typeof name === 'string' ? name : undefined)],
      // Looked at below: what is refused here is shown.
      password: ['a text', (secret) => ({ secret })],
      tls: ['{ ca, cert, key, serverName } as PEM, cert and key together', trustOf],
      ttl: ['from a second, the shortest of etcd, to a day', (ttl) => timeOf(ttl, 1_000)],
      timeout: ['a time above zero, of a day at most', (timeout) => timeOf(timeout, 1)],
      onEvent: ['a function', callable],
    },
    options,
  )
  const found = hosts.map(
    (host) => hostOf(host) ?? refuse(`hosts as '127.0.0.1:2379' or 'https://name:2379'`),
  )
  const secure = found.filter((host) => host.secure).length
  if (secure > 0 && secure < found.length) refuse('all hosts with https:// or none')
  if (tls && found.some((host) => host.secure === false)) refuse('no http:// beside tls')
  if ((username === undefined) !== (password === undefined)) refuse('username and password together')
  if (password && typeof password.secret !== 'string') refuse('a text for password')
  return {
    ttl,
    timeout,
    lookEvery: Math.min(ttl / 2, 5_000),
    hosts: found.map((host) => host.address),
    user: username !== undefined && password ? { name: username, password: password.secret } : undefined,
    ...(tls ?? (secure ? trustOf({}) : undefined)),
    prefix,
    tell: quietly(onEvent),
  }
}

function hostOf(host: unknown): { address: string; secure: boolean | undefined } | undefined {
  const found = /^(?:(https?):\/\/)?(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?\/?$/i.exec(
    typeof host === 'string' ? host : '',
  )
  const [, scheme, name, port = '2379'] = found ?? []
  if (!(name && Number(port) > 0 && Number(port) < 65_536)) return undefined
  return { address: `${name}:${port}`, secure: scheme === undefined ? undefined : /^https$/i.test(scheme) }
}

function listOf(hosts: EtcdOptions['hosts']): readonly unknown[] | undefined {
  const list = [hosts].flat()
  return list.length > 0 ? list : undefined
}

/** The prefix without a slash at its end. */
function prefixOf(prefix: unknown): string | undefined {
  return typeof prefix === 'string' && /[^/]/.test(prefix) ? prefix.replace(/\/+$/, '') : undefined
}

function timeOf(given: Duration, least: number): number | undefined {
  const ms = duration[1](given) ?? 0
  return ms >= least && ms <= day ? ms : undefined
}

/** Whom to trust, and who this client is; undefined where that is not to be understood. */
function trustOf(tls: EtcdTls): Pick<Settings, 'credentials' | 'serverName'> | undefined {
  if (typeof tls !== 'object' || tls === null) return undefined
  const { ca, cert, key, serverName } = tls
  if ((cert === undefined) !== (key === undefined)) return undefined
  try {
    createSecureContext({ ca, cert, key })
  } catch {
    return undefined
  }
  return {
    credentials: {
      rootCertificate: Buffer.from(ca ?? rootCertificates.join('\n')),
      ...(key === undefined ? {} : { privateKey: Buffer.from(key) }),
      ...(cert === undefined ? {} : { certChain: Buffer.from(cert) }),
    },
    serverName,
  }
}
