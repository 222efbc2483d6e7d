/**
 * Calls what users have given us. What it throws becomes an uncaught exception, as it would from an event emitter, but apart
 * from us: nothing of ours stops halfway.
 */
export function apart<Args extends readonly unknown[]>(
  call: ((...args: Args) => void) | undefined,
): (...args: Args) => void {
  return (...args) => {
    try {
      call?.(...args)
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
}
