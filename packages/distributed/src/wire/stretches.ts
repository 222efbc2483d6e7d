const KEPT = 4
/** Longer ones are seldom wanted twice, and would hold much memory. */
const LONGEST = 1 << 20

interface Stretch {
  readonly first: object
  readonly last: object
  readonly count: number
  readonly bytes: Buffer
}

/**
 * The bytes of the last lists that were written. A leader tells the same entries to every follower: they are encoded for
 * the first, and copied for the others. Two lists are the same if they begin and end with the same objects and are of the
 * same length, which is so for stretches of one log.
 */
export class Stretches {
  readonly #kept: Stretch[] = []

  forget(): void {
    this.#kept.length = 0
  }

  find(list: readonly object[]): Buffer | undefined {
    const [first] = list
    const last = list.at(-1)
    for (const kept of this.#kept) {
      if (kept.first === first && kept.last === last && kept.count === list.length) return kept.bytes
    }
    return undefined
  }

  keep(list: readonly object[], bytes: Buffer): void {
    const [first] = list
    const last = list.at(-1)
    if (first === undefined || last === undefined || bytes.length > LONGEST) return
    this.#kept.push({ first, last, count: list.length, bytes })
    if (this.#kept.length > KEPT) this.#kept.shift()
  }
}
