import { codeOf } from '@jcache/driver'

interface Outcome {
  readonly what: string
  /** How such calls ended: an answer, or the code of the error. */
  readonly end: string
  readonly times: number
  /** Milliseconds. */
  readonly slowest: number
}

/** How calls of each kind ended, how often, and how long the slowest took. */
export class Outcomes {
  readonly #kinds = new Set<string>()
  readonly #all = new Map<string, Outcome>()

  /** Runs the call, which tells how it ended; an error without a code is not of this library and is thrown on. */
  async note(what: string, call: () => Promise<string>): Promise<void> {
    this.#kinds.add(what)
    const start = performance.now()
    let end: string
    try {
      end = await call()
    } catch (error) {
      const code = codeOf(error)
      if (!code) throw error
      end = `error ${code}`
    }
    const took = performance.now() - start
    const key = `${what}: ${end}`
    const { times = 0, slowest = 0 } = this.#all.get(key) ?? {}
    this.#all.set(key, { what, end, times: times + 1, slowest: Math.max(slowest, took) })
  }

  /** By the kind of call, in the order in which they came. */
  rows(): Outcome[] {
    return [...this.#kinds].flatMap((kind) => [...this.#all.values()].filter(({ what }) => what === kind))
  }

  times(what: string, end: string): number {
    return this.#all.get(`${what}: ${end}`)?.times ?? 0
  }

  /** Milliseconds that the slowest call of all took. */
  get slowest(): number {
    return Math.max(0, ...this.rows().map((row) => row.slowest))
  }
}
