import { CacheError } from '@jcache/driver'
import type { Connection } from './connection.ts'
import { script } from './script.ts'

/** Takes an increment back unless the key was replaced since: the sum still lies near what a double holds, or beyond. */
const UNDO = `
local field = {}
for at = 3, #ARGV - 1 do field[#field + 1] = ARGV[at] end
local sum = tonumber(redis.call(ARGV[1], KEYS[1], unpack(field)) or '0')
if sum > 9007199254740900 or sum < -9007199254740900 then
  redis.call(ARGV[2], KEYS[1], unpack(ARGV, 3))
  return 1
end
return 0`

/** Whether the command of this word adds to an integer that the server counts in 64 bits. */
export function isCounter(word: string): boolean {
  return /^(H?INCRBY|DECRBY)$/.test(word)
}

/**
 * Takes back a sum that a double cannot hold, and throws `OUT_OF_RANGE`: the server counts further,
 * and has counted by the time that is seen.
 */
export type Undo = (name: string, word: string, words: readonly string[]) => Promise<never>

export function undoOf(connection: Connection): Undo {
  const undo = script(connection, UNDO)
  return async (name, word, [key = '', ...rest]) => {
    const increment = rest.pop() ?? ''
    const opposite = increment.startsWith('-') ? increment.slice(1) : `-${increment}`
    const read = word.startsWith('H') ? 'HGET' : 'GET'
    const text = await undo.run(name, [key], [read, word, ...rest, opposite]).then(
      () => 'the sum lies beyond ±2^53, and was taken back',
      (error: unknown) =>
        `the server has counted beyond ±2^53, and could not take it back (${String(error)})`,
    )
    throw connection.failure(new CacheError('OUT_OF_RANGE', text), name, key)
  }
}
