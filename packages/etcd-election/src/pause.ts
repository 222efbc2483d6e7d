/** Waits so many milliseconds, and does not keep the process alive for it unless `ref`. Resolves to false when a signal ended it. */
export async function pause(
  ms: number,
  signals: AbortSignal | readonly AbortSignal[],
  ref = false,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const passed = await untilAborted([signals].flat(), (end) => {
    timer = setTimeout(end, ms)
    if (!ref) timer.unref()
  })
  clearTimeout(timer)
  return passed
}

/**
 * Resolves to true when what `begin` was given is called, to false when one of the signals is aborted. Signals that live
 * long keep nothing of it, as they may of what AbortSignal.any makes.
 */
export async function untilAborted(
  signals: readonly AbortSignal[],
  begin: (end: () => void) => void,
): Promise<boolean> {
  if (signals.some(({ aborted }) => aborted)) return false
  let abort = (): void => {}
  try {
    return await new Promise<boolean>((resolve) => {
      abort = () => resolve(false)
      for (const signal of signals) signal.addEventListener('abort', abort)
      begin(() => resolve(true))
    })
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', abort)
  }
}

/** Longer and longer waits, never twice the same, so that those who failed together do not come back together. */
export class Backoff {
  readonly #first: number
  readonly #most: number
  #failures = 0

  constructor(first: number, most: number) {
    this.#first = first
    this.#most = most
  }

  /** Milliseconds to wait after one more failure. */
  next(): number {
    const ceiling = Math.min(this.#most, this.#first * 2 ** this.#failures++)
    return ceiling * (0.5 + Math.random() / 2)
  }

  reset(): void {
    this.#failures = 0
  }
}
