/** How many keys are remembered at most; the one remembered first is forgotten for the next. */
const MOST = 10_000

/** The keys that truth was found not to hold, each for a while. */
export class Absences {
  readonly #until = new Map<string, number>()

  /** Whether truth did not hold the key when last asked, and that still counts at `now`. */
  has(key: string, now: () => number): boolean {
    const until = this.#until.get(key)
    if (until === undefined) return false
    if (until > now()) return true
    this.#until.delete(key)
    return false
  }

  /** Remembers the key until then. */
  add(key: string, until: number): void {
    this.#until.delete(key)
    this.#until.set(key, until)
    if (this.#until.size <= MOST) return
    for (const [oldest] of this.#until) {
      this.#until.delete(oldest)
      return
    }
  }

  delete(key: string): void {
    this.#until.delete(key)
  }

  clear(): void {
    this.#until.clear()
  }
}
