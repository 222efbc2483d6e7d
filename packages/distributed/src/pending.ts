import type { Result } from './message.ts'
import { Numbered } from './numbered.ts'

/**
 * What an answer waits for: that its offset is committed; that the members in sync are as many besides as are wanted; or that
 * so many members have it.
 */
export type Needs = 'committed' | 'in-sync' | number

/** A reply that waits until enough members hold the offset. */
export interface Pending {
  readonly offset: number
  readonly needs: Needs
  readonly to: string
  readonly seq: number
  readonly result: Result
  /** The leader's time from which nobody waits for it. */
  readonly until: number
}

/** What became of a call that changed nothing; it holds once the offset is committed. */
export interface Unlogged {
  readonly offset: number
  readonly result: Result
}

/** Replies that wait: one for a call, however often that is asked again. */
export class PendingReplies {
  readonly #all: Pending[] = []
  readonly #known = new Map<string, Numbered<Pending>>()

  get size(): number {
    return this.#all.length
  }

  add(pending: Pending): void {
    const { to, seq } = pending
    const known = this.#known.get(to) ?? new Numbered()
    if (known.get(seq)) return
    known.set(seq, pending)
    this.#known.set(to, known)
    this.#all.push(pending)
  }

  /** Lets go of those that are due, which it hands over, and of those that nobody waits for at that time. O(replies). */
  release(time: number, isDue: (pending: Pending) => boolean, due: (pending: Pending) => void): void {
    let left = 0
    for (const pending of this.#all) {
      const isNow = isDue(pending)
      if (isNow || pending.until < time) this.#known.get(pending.to)?.delete(pending.seq)
      else this.#all[left++] = pending
      if (isNow) due(pending)
    }
    this.#all.length = left
  }
}
