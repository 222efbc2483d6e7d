import { createHash } from 'node:crypto'
import type { Connection } from './connection.ts'

/** A script that runs at the server, as one. */
export interface Script {
  /** Runs it on the key; `name` is what messages call it. */
  run(name: string, key: string, ...words: string[]): Promise<unknown>
}

/** Sends the script's digest only; its text where the server does not know it (yet, or after a restart). */
export function script(connection: Connection, text: string): Script {
  const digest = createHash('sha1').update(text).digest('hex')
  return {
    run: async (name, key, ...words) => {
      try {
        return await connection.send(name, key, 'EVALSHA', [digest, '1', key, ...words])
      } catch (error) {
        // Nothing has run then, so that it may run now.
        if (!isUnknownScript(error)) throw error
        return connection.send(name, key, 'EVAL', [text, '1', key, ...words])
      }
    },
  }
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message.startsWith('NOSCRIPT')
}
