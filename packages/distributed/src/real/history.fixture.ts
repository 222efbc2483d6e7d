import { readFileSync } from 'node:fs'
import { linearizable, type TimedCall, type Verdict } from '../linearizability/linearizable.fixture.ts'
import { type RegisterInput, register } from '../linearizability/register.fixture.ts'
import type { End, Note, What } from './note.fixture.ts'

/** One call of one process, from its file; `end` is undefined where the process was killed before it. */
export interface Noted {
  readonly process: string
  readonly began: number
  readonly ended: number
  readonly what: What
  readonly end: End | undefined
}

/** The calls that a process has noted. */
export function historyOf(process: string, file: string): Noted[] {
  const calls = new Map<number, Noted>()
  // The last line of one that was killed may be a part.
  for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
    const note = JSON.parse(line) as Note
    if (note.kind === 'began')
      calls.set(note.call, {
        process,
        began: note.at,
        ended: Number.POSITIVE_INFINITY,
        what: note.what,
        end: undefined,
      })
    else {
      const call = calls.get(note.call)
      if (call) calls.set(note.call, { ...call, ended: note.at, end: note.end })
    }
  }
  return [...calls.values()]
}

/** The keys whose write was acknowledged. */
export function acknowledged(calls: readonly Noted[]): string[] {
  return calls.flatMap(({ what, end }) =>
    what.key.startsWith('own:') && end?.kind === 'answered' ? [what.key] : [],
  )
}

/** What each session saw of counters that only grow, where it went backwards. */
export function backwards(calls: readonly Noted[]): string[] {
  const seen = new Map<string, number>()
  return calls.flatMap((each) => {
    const { process, what, end } = each
    if (what.level !== 'session' || end?.kind !== 'answered') return []
    const place = `${process}, caller ${what.value}, ${what.key}`
    const now = numberOf(each)
    const before = seen.get(place) ?? 0
    seen.set(place, now)
    return now < before ? [`${place}: ${before}, then ${now}`] : []
  })
}

/**
 * Calls on counters that answered less than what had been acknowledged before they began: a stale read, or a write that was
 * lost. Says so too where there are too many calls at once to put them in order.
 */
export function overtaken(calls: readonly Noted[]): string[] {
  const isCounted = ({ what, end }: Noted) =>
    what.key.startsWith('c') && what.level === 'linearizable' && end?.kind === 'answered'
  const counted = calls.filter(isCounted)
  const byEnd = counted.filter(({ what }) => what.name === 'incr').sort((a, b) => a.ended - b.ended)
  const known = new Map<string, number>()
  let done = 0
  return counted
    .sort((a, b) => a.began - b.began)
    .flatMap((call) => {
      for (let each = byEnd[done]; each && each.ended < call.began; each = byEnd[++done])
        known.set(each.what.key, Math.max(known.get(each.what.key) ?? 0, numberOf(each)))
      const least = (known.get(call.what.key) ?? 0) + (call.what.name === 'incr' ? 1 : 0)
      const found = numberOf(call)
      return found < least ? [`${call.process}, ${call.what.key}: ${found}, at least ${least} was due`] : []
    })
}

function numberOf({ end }: Noted): number {
  return end?.kind === 'answered' ? Number(end.value ?? 0) : Number.NaN
}

/** Whether the calls on each key can be put in one order; by key. */
export function verdicts(calls: readonly Noted[]): Map<string, Verdict> {
  const byKey = new Map<string, TimedCall<RegisterInput, string | number | boolean | null>[]>()
  for (const { what, began, ended, end } of calls) {
    if (what.level !== 'linearizable' || what.key.startsWith('own:') || end?.kind === 'not executed') continue
    const isKnown = end?.kind === 'answered'
    if (!isKnown && what.name === 'get') continue
    const { name, value } = what
    const timed = {
      began,
      ended: isKnown ? ended : Number.POSITIVE_INFINITY,
      input: { name, value },
      output: isKnown ? end.value : undefined,
    }
    byKey.set(what.key, [...(byKey.get(what.key) ?? []), timed])
  }
  return new Map([...byKey].map(([key, timed]) => [key, linearizable(timed, register)]))
}
