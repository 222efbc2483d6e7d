import type { Redis, RedisOptions } from 'ioredis'
import { withoutSecrets } from './errors.ts'

/** What no message may show of a client's options. */
export function secretsOf({ options }: Redis): string[] {
  return secretsIn(options)
}

/** The passwords and keys in options. */
export function secretsIn({ password, sentinelPassword, tls, sentinelTLS }: RedisOptions): string[] {
  const found = [
    password,
    sentinelPassword,
    tls?.key,
    tls?.passphrase,
    sentinelTLS?.key,
    sentinelTLS?.passphrase,
  ]
  return found.flat().flatMap((secret) => (typeof secret === 'string' && secret !== '' ? [secret] : []))
}

/** Listens to the errors of a client of ours; answers what tells why it is not connected. */
export function watch(client: Redis): () => Error | undefined {
  const secrets = secretsOf(client)
  let reason: Error | undefined
  let known = false
  client.on('connecting', () => {
    known = false
  })
  client.on('ready', () => {
    reason = undefined
    known = false
  })
  client.on('error', (error) => {
    // The first error of an attempt is its reason, those after it follow from it.
    if (!known) reason = withoutSecrets(error, secrets)
    known = true
    // A database that is refused: ioredis would go on in database 0.
    if ((error as { command?: { name?: string } }).command?.name === 'select') client.disconnect(true)
  })
  return () => reason
}

/** Ends the client's connection, and resolves when it has ended. */
export function end(client: Redis): Promise<void> {
  return new Promise((resolve) => {
    const { status } = client
    if (status === 'end' || status === 'reconnecting') resolve()
    else client.once('end', resolve)
    if (status !== 'end') client.disconnect()
    // The server may be frozen, and never see the end of the stream.
    client.stream?.destroy()
  })
}
