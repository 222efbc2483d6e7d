/** Calls back after so many milliseconds, unless the function it answers was called; keeps no process alive. */
export function after(ms: number, callback: () => void): () => void {
  // 2^31 - 1 ms is the longest timer there is; a longer one would fire at once.
  const timer: unknown = setTimeout(callback, Math.min(ms, 2_147_483_647))
  if (typeof timer === 'object') (timer as { unref?(): void }).unref?.()
  return () => clearTimeout(timer as number)
}
