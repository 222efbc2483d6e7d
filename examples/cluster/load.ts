import type { DistributedDriver } from '@jcache/distributed'
import { codeOf } from '@jcache/driver'

/** What the callers of one node have seen. */
export interface Tally {
  /** Keys whose write was acknowledged. */
  readonly acknowledged: readonly string[]
  /** Milliseconds that the slowest of those took. */
  readonly slowest: number
  /** Writes that failed, by the code of the error and what it says of the outcome. */
  readonly failed: Readonly<Record<string, number>>
}

/** Callers that write, each one call after the other, each call a key of its own, until they are told to stop. */
export class Load {
  #acknowledged: string[] = []
  #slowest = 0
  #failed: Record<string, number> = {}
  #running: Promise<unknown> = Promise.resolve()
  #isOver = true

  start(node: DistributedDriver, name: string, callers: number): void {
    this.#isOver = false
    const caller = async (at: number) => {
      for (let count = 0; !this.#isOver; count++) await this.#write(node, `${name}:${at}:${count}`)
    }
    this.#running = Promise.all(Array.from({ length: callers }, (_, at) => caller(at)))
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#running
  }

  /** What came since it was asked last. */
  take(): Tally {
    const tally = { acknowledged: this.#acknowledged, slowest: this.#slowest, failed: this.#failed }
    this.#acknowledged = []
    this.#slowest = 0
    this.#failed = {}
    return tally
  }

  async #write(node: DistributedDriver, key: string): Promise<void> {
    const start = performance.now()
    try {
      await node.commands.set(key, 'written')
      this.#acknowledged.push(key)
      this.#slowest = Math.max(this.#slowest, performance.now() - start)
    } catch (error) {
      const code = codeOf(error)
      if (!code) throw error
      this.#failed[code] = (this.#failed[code] ?? 0) + 1
      // A node that has left answers at once: somebody else wants to run too.
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}
