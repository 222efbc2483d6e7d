import { setTimeout as sleep } from 'node:timers/promises'

/** Waits so many milliseconds, and does not keep the process alive for it unless `ref`. Resolves to false when the signal ended it. */
export async function pause(ms: number, signal: AbortSignal, ref = false): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal, ref })
    return true
  } catch {
    return false
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
