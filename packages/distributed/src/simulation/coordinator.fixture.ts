import type { Guarded } from '@jcache/driver/election'
import type { Effect } from '../effect.ts'
import type { Event } from '../event.ts'
import type { Authority } from '../record.ts'
import type { Agenda } from './agenda.fixture.ts'
import type { Random } from './random.fixture.ts'

/** How long a member that is not heard of stays listed. */
export const LEASE = 600

/** The coordinator: one record, and who is there. Questions and answers may get lost, and come late. */
export class SimulatedCoordinator {
  record: Guarded<Authority> | null = null
  /** Away for everyone. */
  isAway = false
  /** Milliseconds that a question takes each way, at most. */
  delay = 4
  /** The share of questions whose answer is lost, and of those that are only carried out after the asker gave up. */
  lost = 0
  late = 0
  onSwap: (before: Authority | null, next: Authority) => void = () => {}
  /** Called when all data of the coordinator is lost. */
  onForget: () => void = () => {}
  /** Called some time after the record has changed: who hears of it may look. */
  onHint: () => void = () => {}
  readonly cut: Set<string> = new Set()
  readonly #agenda: Agenda
  readonly #random: Random
  readonly #seen = new Map<string, number>()
  #revision = 0

  constructor(agenda: Agenda, random: Random) {
    this.#agenda = agenda
    this.#random = random
  }

  /** It comes back with nothing. */
  forget(): void {
    this.record = null
    this.#seen.clear()
    this.onForget()
    this.onHint()
  }

  /** The member is there. */
  keepAlive(id: string, process: string): void {
    if (!this.isAway && !this.cut.has(process)) this.#seen.set(id, this.#agenda.now)
  }

  withdraw(id: string): void {
    this.#seen.delete(id)
  }

  /** Whether the process hears that something has changed; where answers get lost, hints do. */
  hints(process: string): boolean {
    return !this.isAway && !this.cut.has(process) && (this.lost === 0 || this.#random.chance(0.5))
  }

  members(): string[] {
    const ids: string[] = []
    for (const [id, at] of this.#seen) if (this.isAway || this.#agenda.now - at < LEASE) ids.push(id)
    return ids
  }

  ask(
    process: string,
    effect: Extract<Effect, { kind: 'look' | 'swap' }>,
    answer: (event: Event) => void,
  ): void {
    const random = this.#random
    const unknown: Event =
      effect.kind === 'look'
        ? { kind: 'seen', record: undefined, members: [] }
        : { kind: 'swapped', outcome: 'unknown' }
    // How long the asker waits before it takes the answer for lost.
    const patience = 150 + 2 * this.delay
    const way = () => random.between(0.1, 1) * this.delay
    if (this.isAway || this.cut.has(process) || random.chance(this.lost / 2)) {
      this.#agenda.plan(patience, () => answer(unknown))
      return
    }
    const isLost = random.chance(this.lost)
    const isLate = random.chance(this.late)
    this.#agenda.plan(isLate ? random.between(patience, 4 * patience) : way(), () => {
      const event = this.#carryOut(effect)
      if (!isLost && !isLate) this.#agenda.plan(way(), () => answer(event))
    })
    if (isLost || isLate) this.#agenda.plan(patience, () => answer(unknown))
  }

  #carryOut(effect: Extract<Effect, { kind: 'look' | 'swap' }>): Event {
    if (effect.kind === 'look') return { kind: 'seen', record: this.record, members: this.members() }
    if ((this.record?.revision ?? null) !== effect.revision) return { kind: 'swapped', outcome: 'refused' }
    this.onSwap(this.record?.state ?? null, effect.next)
    this.record = { revision: `${++this.#revision}`, state: effect.next }
    this.#agenda.plan(this.delay / 2, () => this.onHint())
    return { kind: 'swapped', outcome: 'done' }
  }
}
