import { rootCertificates } from 'node:tls'
import { CacheError, type Duration, milliseconds, quietly } from '@jcache/driver'
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
  readonly credentials: { rootCertificate: Buffer; privateKey?: Buffer; certChain?: Buffer } | undefined
  readonly serverName: string | undefined
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

const known: Readonly<Record<keyof EtcdOptions, true>> = {
  hosts: true,
  prefix: true,
  username: true,
  password: true,
  tls: true,
  ttl: true,
  timeout: true,
  onEvent: true,
}

/** @throws CacheError `INVALID_ARGUMENT` for an option that is not known or not of its kind. `of` names who was called. */
export function settingsOf(options: EtcdOptions, of: string): Settings {
  const refuse = (wanted: string): never => {
    throw new CacheError('INVALID_ARGUMENT', `${of} wants ${wanted}`)
  }
  for (const name of Object.keys(Object(options))) {
    if (!Object.hasOwn(known, name)) refuse(`the options ${Object.keys(known).join(', ')}, not ${name}`)
  }
  const {
    hosts,
    prefix,
    username,
    password,
    tls,
    ttl = '5s',
    timeout = '2s',
    onEvent,
  } = Object(options) as EtcdOptions
  const named = typeof hosts === 'string' ? [hosts] : hosts
  if (!Array.isArray(named) || named.length === 0) refuse("hosts, as '127.0.0.1:2379'")
  const found = named.map(
    (host) => hostOf(host) ?? refuse(`hosts as '127.0.0.1:2379' or 'https://name:2379'`),
  )
  const secure = found.filter((host) => host.secure).length
  if (secure > 0 && secure < found.length) refuse('all hosts with https:// or none')
  if (tls && found.some((host) => host.secure === false)) refuse('no http:// beside tls')
  if (typeof prefix !== 'string' || !/[^/]/.test(prefix)) refuse("a prefix, as '/shop'")
  if ((username === undefined) !== (password === undefined)) refuse('username and password together')
  if (username !== undefined && (typeof username !== 'string' || typeof password !== 'string'))
    refuse('texts for username and password')
  const settings = { ttl: milliseconds(ttl), timeout: milliseconds(timeout) }
  if (settings.ttl < 1_000 || settings.ttl > day)
    refuse('a ttl from a second, the shortest of etcd, to a day')
  if (settings.timeout < 1 || settings.timeout > day) refuse('a timeout above zero, of a day at most')
  if (onEvent !== undefined && typeof onEvent !== 'function') refuse('a function for onEvent')
  return {
    ...settings,
    lookEvery: Math.min(settings.ttl / 2, 5_000),
    hosts: found.map((host) => host.address),
    user: username !== undefined && password !== undefined ? { name: username, password } : undefined,
    credentials: tls || secure ? credentialsOf(tls ?? {}, refuse) : undefined,
    serverName: tls?.serverName,
    prefix: prefix.replace(/\/+$/, ''),
    tell: quietly(onEvent),
  }
}

function hostOf(host: unknown): { address: string; secure: boolean | undefined } | undefined {
  const found = /^(?:(https?):\/\/)?(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?\/?$/i.exec(String(host))
  if (!found) return undefined
  const [, scheme, name, port = '2379'] = found
  return { address: `${name}:${port}`, secure: scheme === undefined ? undefined : /^https$/i.test(scheme) }
}

function credentialsOf(
  { ca, cert, key }: EtcdTls,
  refuse: (wanted: string) => never,
): Settings['credentials'] {
  if ((cert === undefined) !== (key === undefined)) refuse('cert and key of tls together')
  return {
    rootCertificate: Buffer.from(ca ?? rootCertificates.join('\n')),
    ...(key === undefined ? {} : { privateKey: Buffer.from(key) }),
    ...(cert === undefined ? {} : { certChain: Buffer.from(cert) }),
  }
}
