import type { TestProject } from 'vitest/node'
import { serveOnDemand } from './on-demand.ts'
import { startRedis } from './redis.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Redis shared by all test files of a run: use keys that no other file uses, and flush nothing. */
    redisUrl: string
    /** Where `sharedSet` asks for sets of servers. */
    serversPort: number
  }
}

/** One Redis for the whole run, and sets of servers for those who ask. Tests that freeze or kill a server start their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startRedis({ shared: true, fetch: true })
  console.log(`Redis for the tests: ${server.description}`)
  project.provide('redisUrl', server.url)
  const onDemand = await serveOnDemand()
  project.provide('serversPort', onDemand.port)
  return async () => void (await Promise.all([server.stop(), onDemand.stop()]))
}
