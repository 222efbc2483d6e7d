import { untilAborted } from './pause.ts'

/** Rings while nobody listens are one ring. */
export class Bell {
  #rung = false
  #listener: (() => void) | undefined

  ring = (): void => {
    this.#rung = true
    this.#listener?.()
  }

  /** Resolves at the next ring, at once if it has rung since the last time; or when one of the signals is aborted. */
  async next(...signals: readonly AbortSignal[]): Promise<void> {
    if (!this.#rung) {
      await untilAborted(signals, (end) => {
        this.#listener = end
      })
    }
    this.#listener = undefined
    this.#rung = false
  }
}
