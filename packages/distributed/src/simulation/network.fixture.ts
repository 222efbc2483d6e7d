import type { Agenda } from './agenda.fixture.ts'
import type { Random } from './random.fixture.ts'

/** Links between processes: each way for itself may be slow, lossy, doubled or cut. */
export class Network {
  /** The shares of messages that are lost, come twice, and come late. */
  loss = 0
  twice = 0
  late = 0
  /** Milliseconds that a message takes, and by what share that varies: without it messages come in order. */
  delay = 1
  jitter = 0.5
  readonly #cut = new Set<string>()
  readonly #slow = new Map<string, number>()
  readonly #agenda: Agenda
  readonly #random: Random

  constructor(agenda: Agenda, random: Random) {
    this.#agenda = agenda
    this.#random = random
  }

  cut(from: string, to: string): void {
    this.#cut.add(`${from}>${to}`)
  }

  /** What goes to that machine takes so much longer. */
  slow(to: string, ms: number): void {
    this.#slow.set(to, ms)
  }

  heal(): void {
    this.#cut.clear()
    this.#slow.clear()
  }

  carry(from: string, to: string, deliver: () => void): void {
    const random = this.#random
    if (this.#cut.has(`${from}>${to}`) || (this.loss > 0 && random.chance(this.loss))) return
    const copies = this.twice > 0 && random.chance(this.twice) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      const isLate = copy > 0 || (this.late > 0 && random.chance(this.late))
      const extra = isLate ? random.between(0, 60) : 0
      const slow = this.#slow.get(to) ?? 0
      this.#agenda.plan(this.delay * random.between(1 - this.jitter, 1 + this.jitter) + extra + slow, () => {
        if (!this.#cut.has(`${from}>${to}`)) deliver()
      })
    }
  }
}
