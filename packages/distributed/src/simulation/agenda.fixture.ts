interface Due {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** What will happen, earliest first; what happens at the same time in the order it was planned. */
export class Agenda {
  /** Milliseconds since the world began. */
  now = 0
  #heap: Due[] = []
  #order = 0

  plan(after: number, run: () => void): void {
    const due = { at: this.now + Math.max(after, 0), order: this.#order++, run }
    const heap = this.#heap
    let at = heap.length
    heap.push(due)
    while (at > 0) {
      const up = (at - 1) >> 1
      const parent = heap[up]
      if (!parent || isBefore(parent, due)) break
      heap[at] = parent
      at = up
    }
    heap[at] = due
  }

  /** Lets everything happen until then; answers how much did. */
  runUntil(end: number): number {
    let count = 0
    for (let due = this.#heap[0]; due && due.at <= end; due = this.#heap[0]) {
      this.#takeFirst()
      this.now = due.at
      due.run()
      count++
    }
    this.now = end
    return count
  }

  #takeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let at = 0
    for (;;) {
      let down = 2 * at + 1
      let child = heap[down]
      const other = heap[down + 1]
      if (child && other && isBefore(other, child)) {
        down++
        child = other
      }
      if (!child || isBefore(last, child)) break
      heap[at] = child
      at = down
    }
    heap[at] = last
  }
}

function isBefore(left: Due, right: Due): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order)
}
