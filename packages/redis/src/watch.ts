import type { Redis } from 'ioredis'
import { withoutSecrets } from './errors.ts'

/** The passwords that no message may show. */
export function secretsOf({ options }: Redis): string[] {
  return [options.password, options.sentinelPassword].filter(
    (secret) => typeof secret === 'string' && secret !== '',
  ) as string[]
}

/** Listens to the errors of a client of ours; answers what tells the latest one, until it is connected again. */
export function watch(client: Redis): () => Error | undefined {
  const secrets = secretsOf(client)
  let latest: Error | undefined
  client.on('error', (error) => {
    latest = withoutSecrets(error, secrets)
    // A database that is refused: ioredis would go on in database 0.
    if ((error as { command?: { name?: string } }).command?.name === 'select') client.disconnect(true)
  })
  client.on('ready', () => {
    latest = undefined
  })
  return () => latest
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
