import type { BlockingCall } from './blocking-call.ts'
import type { Connection } from './connection.ts'
import { script } from './script.ts'

/** Runs what the command does once it need not wait: `LPOP` for `BLPOP`, on the first key that has something. */
const LOOK = `
if ARGV[1] == 'LMOVE' then return redis.call('LMOVE', KEYS[1], KEYS[2], ARGV[2], ARGV[3]) end
for _, key in ipairs(KEYS) do
  local found = redis.call(ARGV[1], key)
  if type(found) == 'table' then
    if found[1] then return {key, found[1], found[2]} end
  elseif found then return {key, found} end
end
return false`

/** Answers what lies ready for a blocking command, null where it would have to wait. */
export function lookOn(connection: Connection): (call: BlockingCall) => Promise<unknown> {
  const looking = script(connection, LOOK)
  return ({ name, word, keys, words }) =>
    looking.run(name, keys, [word.slice(1), ...words.slice(keys.length)])
}
