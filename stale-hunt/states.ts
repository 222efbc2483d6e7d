import type { Diary, Events, Write } from './history.ts'

/** How long a write whose outcome is not known may wait in the server's buffers, in ms, once the server runs. */
const ADRIFT = 1_000

/** A state of a key, by its version: null where there is no key. */
export interface State {
  readonly version: number | null
  /** It took place at some moment of these, if at all. */
  readonly from: number
  readonly to: number
  /** When it surely was in place; never, where that is not known. */
  readonly sure: number
  /** Undefined where it is not the key's writer who brought it about. */
  readonly writer: number | undefined
  /** When another state had surely followed, and when one by the key's writer had. */
  readonly over: number
  readonly overwritten: number
}

type Fact = Omit<State, 'over' | 'overwritten'>

/** The states of each key by version. O(n log n) for n writes, and as many flushes for each key. */
export function statesOf(
  diaries: readonly Diary[],
  events: Events,
): Map<string, Map<number | null, State[]>> {
  const facts = new Map<string, Fact[]>()
  for (const { process, writes } of diaries) {
    for (const write of writes) {
      const of = facts.get(write.key) ?? []
      of.push(factOf(write, process, events.freezes))
      facts.set(write.key, of)
    }
  }
  return new Map([...facts].map(([key, of]) => [key, chain([...beginning(events), ...of])]))
}

/** What befalls every key: at first it is not there, and then again after each flush. */
export function beginning({ flushes }: Events): Fact[] {
  const absent = { version: null, writer: undefined }
  return [
    { ...absent, from: -Infinity, to: -Number.MAX_VALUE, sure: -Infinity },
    ...flushes.map(({ from, to }) => ({ ...absent, from, to, sure: to })),
  ]
}

/** The facts as states by version, each with the moment from which it surely was over. */
export function chain(facts: readonly Fact[]): Map<number | null, State[]> {
  const sorted = [...facts].sort((one, other) => one.from - other.from)
  const over = new Float64Array(sorted.length + 1).fill(Infinity)
  const overwritten = new Float64Array(sorted.length + 1).fill(Infinity)
  for (let at = sorted.length - 1; at >= 0; at--) {
    const { sure = Infinity, writer } = sorted[at] ?? {}
    over[at] = Math.min(over[at + 1] ?? Infinity, sure)
    overwritten[at] = Math.min(overwritten[at + 1] ?? Infinity, writer === undefined ? Infinity : sure)
  }
  const states = new Map<number | null, State[]>()
  for (const fact of sorted) {
    const next = firstFrom(sorted, fact.to)
    const state = {
      ...fact,
      over: over[next] ?? Infinity,
      overwritten: overwritten[next] ?? Infinity,
    }
    states.set(fact.version, [...(fact.version === null ? (states.get(null) ?? []) : []), state])
  }
  return states
}

/** The place of the first that cannot have been in place before the moment. */
function firstFrom(sorted: readonly Fact[], moment: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle]?.from ?? 0) < moment) low = middle + 1
    else high = middle
  }
  return low
}

function factOf({ version, from, to, known }: Write, writer: number, freezes: Events['freezes']): Fact {
  if (known) return { version, from, to, sure: to, writer }
  const thaws = freezes.filter((freeze) => freeze.from <= to && freeze.to >= from).map((freeze) => freeze.to)
  return { version, from, to: Math.max(to, ...thaws) + ADRIFT, sure: Infinity, writer }
}
