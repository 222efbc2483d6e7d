import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'
import type { Answer, SharedSets } from './on-demand.ts'

/**
 * The cluster, the sentinels or the etcd that all test files of a run share: use keys that no other file uses, freeze and move
 * nothing. Started when first asked for. Without a server that can do it (the embedded one cannot), undefined after one
 * line that says so, or an error where JCACHE_REQUIRE_SERVERS is set.
 */
export async function sharedSet<Name extends keyof SharedSets>(
  name: Name,
): Promise<SharedSets[Name] | undefined> {
  const socket = connect(inject('serversPort'), '127.0.0.1')
  socket.write(`${name}\n`)
  const answer: Answer<Name> = JSON.parse(await text(socket))
  if ('set' in answer) return answer.set
  if ('failed' in answer) throw new Error(`The shared ${name} did not start: ${answer.failed}`)
  return withoutServers(answer.missing)
}

/** A set of servers of the test's own, or undefined as for `sharedSet`. */
export async function orSkipped<Set>(starting: Promise<Set>): Promise<Set | undefined> {
  try {
    return await starting
  } catch (error) {
    if (error instanceof Error && /^Needs(RedisServer|Etcd)$/.test(error.name))
      return withoutServers(error.message)
    throw error
  }
}

function withoutServers(why: string): undefined {
  if (process.env['JCACHE_REQUIRE_SERVERS']) throw new Error(`JCACHE_REQUIRE_SERVERS is set, but: ${why}`)
  console.log(`Skipped: ${why}`)
}
