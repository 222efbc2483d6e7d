import { accepts } from './port.ts'
import type { RedisServer } from './redis-server.ts'

/** The server that an environment variable names, if it names one; it must be there. */
export async function environmentServer(variable: string): Promise<RedisServer | undefined> {
  const value = process.env[variable]
  if (value === undefined || value === '') return undefined
  if (!URL.canParse(value)) throw new Error(`${variable} is not a URL. Wanted: redis://host:port`)
  const { hostname, port: portText } = new URL(value)
  const port = Number(portText || 6379)
  // The URL may hold a password, so only the address is told.
  const address = `${hostname}:${port}`
  if (!(await accepts(hostname.replace(/^\[|\]$/g, ''), port))) {
    throw new Error(
      `${variable} names ${address}, where nothing answers. Start that server, or unset ${variable}.`,
    )
  }
  const refuse = (act: string): never => {
    throw new Error(
      `The server at ${address} (${variable}) is not ours to ${act}: start one with startRedis().`,
    )
  }
  return {
    url: value,
    port,
    kind: 'env',
    description: `the server at ${address} (${variable})`,
    pause: () => refuse('pause'),
    resume: () => refuse('resume'),
    kill: async () => refuse('kill'),
    restart: async () => refuse('restart'),
    stop: async () => {},
  }
}
