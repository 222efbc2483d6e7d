/** One call in a history: what was asked, and what came of it. */
export interface TimedCall<Input, Output> {
  readonly began: number
  /** `Infinity` where nobody knows: then it happened at any time after its beginning, or never. */
  readonly ended: number
  readonly input: Input
  /** What it answered; undefined where nobody knows. */
  readonly output: Output | undefined
}

/** What the thing would do if it did one call at a time. */
export interface Model<State, Input, Output> {
  readonly initial: State
  apply(state: State, input: Input): readonly [state: State, output: Output]
  /** Texts that are equal where the states, or the outputs, are. */
  keyOf(part: State | Output): string
}

export type Verdict = 'linearizable' | 'not linearizable' | 'undecided'

interface Event {
  readonly call: number
  readonly isEnd: boolean
  previous: Event | null
  next: Event | null
}

/**
 * Whether the calls can be put into one order in which each happened at one moment between its beginning and its end, and the
 * model answers what they answered. A search for that order, earliest ends first, which never looks twice at the same calls
 * done in the same state (after Wing and Gong, and Lowe). It gives up after so many steps: the problem is NP-complete.
 */
export function linearizable<State, Input, Output>(
  calls: readonly TimedCall<Input, Output>[],
  model: Model<State, Input, Output>,
  mostSteps = 200_000,
): Verdict {
  const events = eventsOf(calls)
  const known = new Set<string>()
  const done: { readonly event: Event; readonly state: State }[] = []
  let mask = 0n
  let state = model.initial
  let at = events.head.next
  let left = calls.filter(({ ended }) => ended < Number.POSITIVE_INFINITY).length

  for (let steps = 0; left > 0; steps++) {
    if (steps > mostSteps) return 'undecided'
    if (at && !at.isEnd) {
      const call = calls[at.call]
      const bit = 1n << BigInt(at.call)
      const next = call && tried(call, state, model)
      const key = next && `${(mask | bit).toString(36)} ${model.keyOf(next.state)}`
      if (call && next && key !== undefined && !known.has(key)) {
        known.add(key)
        done.push({ event: at, state })
        state = next.state
        mask |= bit
        if (call.ended < Number.POSITIVE_INFINITY) left--
        lift(events.ends, at)
        at = events.head.next
      } else at = at.next
      continue
    }
    // A call has ended that could not be put before this moment: what was put last goes elsewhere.
    const last = done.pop()
    if (!last) return 'not linearizable'
    state = last.state
    mask &= ~(1n << BigInt(last.event.call))
    if ((calls[last.event.call]?.ended ?? 0) < Number.POSITIVE_INFINITY) left++
    unlift(events.ends, last.event)
    at = last.event.next
  }
  return 'linearizable'
}

function tried<State, Input, Output>(
  call: TimedCall<Input, Output>,
  state: State,
  model: Model<State, Input, Output>,
): { readonly state: State } | undefined {
  const [next, output] = model.apply(state, call.input)
  const isRight = call.output === undefined || model.keyOf(output) === model.keyOf(call.output)
  return isRight ? { state: next } : undefined
}

/** Beginnings and ends in the order they happened, as a list from which calls are taken out and put back. */
function eventsOf(calls: readonly TimedCall<unknown, unknown>[]): {
  readonly head: Event
  readonly ends: (Event | undefined)[]
} {
  const moments = calls.flatMap(({ began, ended }, call) => [
    { at: began, call, isEnd: false },
    { at: ended, call, isEnd: true },
  ])
  // What ends when another begins may have happened after it: beginnings go first.
  moments.sort(
    (left, right) => left.at - right.at || Number(left.isEnd) - Number(right.isEnd) || left.call - right.call,
  )
  const head: Event = { call: -1, isEnd: false, previous: null, next: null }
  const ends: (Event | undefined)[] = []
  let last = head
  for (const { call, isEnd } of moments) {
    const event: Event = { call, isEnd, previous: last, next: null }
    last.next = event
    last = event
    if (isEnd) ends[call] = event
  }
  return { head, ends }
}

function lift(ends: readonly (Event | undefined)[], beginning: Event): void {
  for (const event of [beginning, ends[beginning.call]]) {
    if (event?.previous) event.previous.next = event.next
    if (event?.next) event.next.previous = event.previous
  }
}

function unlift(ends: readonly (Event | undefined)[], beginning: Event): void {
  for (const event of [ends[beginning.call], beginning]) {
    if (event?.previous) event.previous.next = event
    if (event?.next) event.next.previous = event
  }
}
