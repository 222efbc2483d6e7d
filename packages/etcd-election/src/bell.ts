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
    const any = AbortSignal.any([...signals])
    if (!this.#rung && !any.aborted) {
      await new Promise<void>((resolve) => {
        this.#listener = resolve
        any.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    this.#listener = undefined
    this.#rung = false
  }
}
