/** A blocking command as it is sent, without its timeout, which is always the last word. */
export interface BlockingCall {
  readonly name: string
  readonly word: string
  /** The first of the words. */
  readonly keys: readonly string[]
  readonly words: readonly string[]
  /** In milliseconds; 0 waits for ever. */
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}
