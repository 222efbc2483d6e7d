import { Clocks } from './clocks.ts'

export class Shadow {
  hits = 0
  readonly clocks: Clocks
  readonly #slots = new Map<number, number>()
  readonly #free: number[]

  constructor(share: number, capacity: number) {
    this.clocks = new Clocks(share)
    this.clocks.grow(capacity)
    this.#free = Array.from({ length: capacity }, (_, at) => capacity - 1 - at)
  }

  ask(hash: number, size: number): void {
    const { clocks } = this
    const known = this.#slots.get(hash)
    if (known !== undefined) {
      this.hits++
      clocks.hit(known)
      return
    }
    while (this.#slots.size >= size) {
      const victim = clocks.victim(-1)
      this.#slots.delete(clocks.hashes[victim] ?? 0)
      clocks.remove(victim)
      this.#free.push(victim)
    }
    const slot = this.#free.pop() ?? 0
    this.#slots.set(hash, slot)
    clocks.add(slot, hash, false)
  }
}
