import type { TestProject } from 'vitest/node'
import { startRedis } from './redis.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Redis shared by all test files of a run: use keys that no other file uses, and flush nothing. */
    redisUrl: string
  }
}

/** One Redis for the whole run. Tests that freeze or kill a server start their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startRedis({ shared: true, fetch: true })
  console.log(`Redis for the tests: ${server.description}`)
  project.provide('redisUrl', server.url)
  return () => server.stop()
}
