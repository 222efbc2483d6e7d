import type { Node } from './node.ts'
import type { Primaries } from './primaries.ts'

/** Where a call is sent next. */
export interface Way {
  readonly node: Node
  /** Whether the node is asked for a key of a slot that is still being moved to it. */
  readonly asking: boolean
}

/** Which server calls are sent to. */
export interface Route {
  /** Whether keys are spread over servers by their slots. */
  readonly spread: boolean
  /** Resolves when the first attempt to find the servers has ended, well or not; undefined where that is past. */
  readonly starting: Promise<void> | undefined
  readonly primaries: Primaries
  /** The number of the database. */
  readonly db: number
  /** What no message may show. */
  readonly secrets: readonly string[]
  /** The server of the key, any one without a key; undefined where there is no connection to it. */
  nodeOf(key: string | undefined): Node | undefined
  /** All servers that have keys, undefined for each to which there is no connection; none where they are not known. */
  owners(): readonly (Node | undefined)[]
  /**
   * Where a call goes that was not carried out: by what the server said, after a pause where it takes time. Undefined where
   * the failure is the call's own.
   */
  follow(error: unknown, from: Node, key: string): Promise<Way> | undefined
  /** Hears that a server does not answer, so that another may have its keys. */
  missed(): void
  /** Why there is no connection, where no node can tell. */
  lastError(): Error | undefined
  /** Ends the connections, or, where they are the user's, what was added to them. */
  close(): Promise<void>
}
