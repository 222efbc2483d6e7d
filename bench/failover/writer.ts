import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from '@jcache/driver'

/** Milliseconds of the clock that all processes of the machine share. */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** What the writers of one process did. */
export interface Written {
  /** By writer: what was acknowledged, and when. */
  readonly acknowledged: readonly (readonly { readonly key: string; readonly at: number }[])[]
  readonly failed: readonly string[]
}

/** One way to write a key. */
export type Set = (key: string, value: string) => Promise<unknown>

/** Milliseconds between a writer's answer and its next call, and after a call that failed. */
const REST = 1
const REST_AFTER_FAILURE = 20

/** Callers that each write one key after the other, and put down what was acknowledged. */
export class Writers {
  readonly #name: string
  #acknowledged: { key: string; at: number }[][] = []
  #failed: string[] = []
  #running: Promise<unknown> = Promise.resolve()
  #isOver = true
  #isClosing = false
  #count = 0

  constructor(name: string) {
    this.#name = name
  }

  start(sets: readonly Set[]): void {
    this.#isOver = false
    this.#acknowledged = sets.map(() => [])
    this.#failed = []
    this.#running = Promise.all(sets.map((set, at) => this.#write(set, this.#acknowledged[at] ?? [])))
  }

  /** From now on calls may be refused by one who leaves. */
  closing(): void {
    this.#isClosing = true
  }

  /** No further calls; comes back when the last has ended, with what was done since `start`. */
  async stop(): Promise<Written> {
    this.#isOver = true
    await this.#running
    return { acknowledged: this.#acknowledged, failed: this.#failed }
  }

  async #write(set: Set, acknowledged: { key: string; at: number }[]): Promise<void> {
    while (!this.#isOver) {
      const key = `${this.#name}:${++this.#count}`
      const mayBeRefused = this.#isClosing
      try {
        await set(key, this.#name)
        acknowledged.push({ key, at: machineTime() })
        await sleep(REST)
      } catch (error) {
        if (mayBeRefused && codeOf(error) === 'CLOSED') return
        this.#failed.push(String(error))
        await sleep(REST_AFTER_FAILURE)
      }
    }
  }
}
