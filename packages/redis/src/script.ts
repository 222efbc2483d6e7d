import { createHash } from 'node:crypto'
import type { Aim, Connection } from './connection.ts'

/** A script that the server runs as one step. */
export interface Script {
  /** Runs it on the keys, and answers what `take` makes of its reply; `name` is what messages call it. */
  run(
    name: string,
    keys: readonly string[],
    words: readonly string[],
    take?: (reply: unknown) => unknown,
    aim?: Aim,
  ): Promise<unknown>
}

/** Sends no more than the script's digest, but its text where the server does not know it yet, as after a restart. */
export function script(connection: Connection, text: string): Script {
  const digest = createHash('sha1').update(text).digest('hex')
  return {
    run: (name, keys, words, take, aim) => {
      const changing = { changes: keys, ...aim }
      const given = [String(keys.length), ...keys, ...words]
      return connection
        .send(name, keys[0], 'EVALSHA', [digest, ...given], take, changing)
        .catch((error: unknown) => {
          // Then nothing has been run.
          if (isUnknownScript(error))
            return connection.send(name, keys[0], 'EVAL', [text, ...given], take, changing)
          throw error
        })
    },
  }
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message.startsWith('NOSCRIPT')
}
