import { createHash } from 'node:crypto'
import type { Connection } from './connection.ts'

/** A script that the server runs as one step. */
export interface Script {
  /** Runs it on the key; `name` is what messages call it. */
  run(name: string, key: string, words: readonly string[]): Promise<unknown>
}

/** Sends no more than the script's digest, but its text where the server does not know it yet, as after a restart. */
export function script(connection: Connection, text: string): Script {
  const digest = createHash('sha1').update(text).digest('hex')
  return {
    run: (name, key, words) =>
      connection.send(name, key, 'EVALSHA', [digest, '1', key, ...words]).catch((error: unknown) => {
        // Then nothing has been run.
        if (isUnknownScript(error)) return connection.send(name, key, 'EVAL', [text, '1', key, ...words])
        throw error
      }),
  }
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message.startsWith('NOSCRIPT')
}
