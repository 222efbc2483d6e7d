import { Numbered } from './numbered.ts'
import type { Outcome, RequestId } from './request.ts'

/** What a request came to, where in the log, and when. */
export interface Done {
  readonly offset: number
  readonly time: number
  readonly outcome: Outcome
}

/**
 * What is kept for one origin, in requests. Those that wait for long are the only ones to get there: of these the oldest is
 * forgotten, long after its answer was on its way.
 */
const MOST = 1 << 18

interface Origin {
  floor: number
  /** When it was last heard of. */
  time: number
  readonly done: Numbered<Done>
}

/** Requests as a snapshot carries them. */
export type DumpedRequests = readonly (readonly [
  origin: string,
  floor: number,
  time: number,
  done: readonly (readonly [number, Done])[],
])[]

/**
 * The requests that were executed, by origin: whoever asks again gets the same answer. Filled from the log, so that every
 * node has it, the next leader too. What the origin has no open call for is forgotten, and an origin that has long been silent.
 */
export class Requests {
  readonly #origins = new Map<string, Origin>()
  /** What was asked for last: calls of one origin come together. */
  #last: { readonly name: string; readonly origin: Origin } | undefined
  readonly #keep: number
  /** When the idle ones were looked for last. */
  #sweptAt = 0

  /** Keeps origins that were silent for so many milliseconds of the leader's time: longer than a call lasts. */
  constructor(keep: number) {
    this.#keep = keep
  }

  /** Whether so much is kept for the origin that it has to wait until its oldest call has ended. */
  isFull({ origin }: RequestId): boolean {
    return (this.#known(origin)?.done.size ?? 0) >= MOST
  }

  find({ origin, seq }: RequestId): Done | undefined {
    return this.#known(origin)?.done.get(seq)
  }

  /** Whether the origin has its answer already: such a request is an echo. */
  isSettled({ origin, seq }: RequestId): boolean {
    return seq < (this.#known(origin)?.floor ?? 0)
  }

  record({ origin, seq }: RequestId, floor: number, done: Done): void {
    const known = this.#originOf(origin)
    known.done.set(seq, done)
    known.time = done.time
    known.floor = Math.max(known.floor, floor)
    for (let old = known.done.least; old !== undefined; old = known.done.least) {
      if (old >= known.floor && known.done.size <= MOST) break
      known.done.delete(old)
    }
    if (done.time - this.#sweptAt > this.#keep / 8) this.#forgetIdle(done.time)
  }

  dump(): DumpedRequests {
    return [...this.#origins].map(([origin, { floor, time, done }]) => [origin, floor, time, done.entries()])
  }

  load(dumped: DumpedRequests): void {
    this.#origins.clear()
    this.#last = undefined
    for (const [origin, floor, time, done] of dumped) {
      const known = this.#originOf(origin)
      known.floor = floor
      known.time = time
      for (const [seq, each] of done) known.done.set(seq, each)
    }
  }

  #known(name: string): Origin | undefined {
    if (this.#last?.name === name) return this.#last.origin
    const origin = this.#origins.get(name)
    if (origin) this.#last = { name, origin }
    return origin
  }

  #originOf(name: string): Origin {
    const known = this.#known(name)
    if (known) return known
    const made: Origin = { floor: 0, time: 0, done: new Numbered() }
    this.#origins.set(name, made)
    return made
  }

  #forgetIdle(now: number): void {
    this.#sweptAt = now
    this.#last = undefined
    for (const [origin, { time }] of this.#origins) if (time + this.#keep < now) this.#origins.delete(origin)
  }
}
