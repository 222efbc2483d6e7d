import { checkOf } from '@jcache/driver'
import { type Call, code, show } from './call.ts'
import { deviation } from './deviations.ts'
import { isIncomparable } from './incomparable.ts'
import { ask, type Outcome } from './outcome.ts'
import type { Pair, Played } from './pair.ts'
import { specialOf } from './special.ts'
import { rowOf } from './tables.ts'
import { same } from './verdict.ts'
import { differentKey } from './whole-keys.ts'

/** Calls that are sent together. */
const BATCH = 100

/** Where both are not the same. */
export interface Difference {
  /** What was asked, or which key was looked at in the end. */
  readonly where: string
  readonly near: string
  readonly far: string
}

export interface Play {
  readonly difference?: Difference
  /** The calls up to the difference, as they can be played again: what was taken by chance is taken by name. */
  readonly played: readonly Call[]
}

/** Told of each call on which both agreed. */
export type Seen = (call: Call, outcome: Outcome) => void

/** Plays the calls on both, which are emptied before, and compares every outcome, and in the end every key. */
export async function play(pair: Pair, calls: readonly Call[], seen: Seen = () => {}): Promise<Play> {
  await pair.near.entries.clear()
  await pair.far.entries.clear()
  const played: Call[] = []
  // While the judge thinks about one batch, the next is made.
  let batch: Batch | undefined
  for (let at = 0; at < calls.length || batch; ) {
    const next = batch?.isAlone ? undefined : await nextBatch(pair, calls, at, batch === undefined)
    at = next?.end ?? at
    const all = await Promise.all(batch?.plays ?? [])
    for (const [call, { near, far, ...found }] of all) {
      played.push(...((found.same && found.instead) || [call]))
      if (found.same) {
        seen(call, near)
        continue
      }
      await Promise.all(next?.plays ?? [])
      return { played, difference: { where: code(call), near: show(near), far: show(far) } }
    }
    batch = next
  }
  const found = await differentKey(pair)
  if (!found) return { played }
  const where = `the content of ${show(found.key)}`
  return { played, difference: { where, near: show(found.near), far: show(found.far) } }
}

/** What was sent in one piece. */
interface Batch {
  readonly plays: readonly Promise<readonly [Call, Played]>[]
  /** Nothing may be sent before all of it is answered. */
  readonly isAlone: boolean
  /** Where the next one starts. */
  readonly end: number
}

/** Asks both for what can be sent in one piece: others up to the next special call, or where all is quiet that one. */
async function nextBatch(
  pair: Pair,
  calls: readonly Call[],
  start: number,
  isQuiet: boolean,
): Promise<Batch | undefined> {
  const plays: Promise<readonly [Call, Played]>[] = []
  let end = start
  let isAlone = false
  for (const call of calls.slice(start, start + BATCH)) {
    const { name } = call
    const row = rowOf(name)
    const args = checkOf(name, row)(call.args)
    if (await isIncomparable(pair.near, row, args)) {
      end++
      continue
    }
    const special = specialOf(name, row)
    if (special) {
      if (plays.length > 0 || !isQuiet) break
      return {
        plays: [special(pair, call, args).then((found) => [call, found])],
        isAlone: true,
        end: end + 1,
      }
    }
    end++
    const refusal = await deviation(pair.near, name, args)
    const near = await ask(pair.near, name, args)
    const far = refusal ? { error: refusal } : ask(pair.far, name, args)
    plays.push(judged(call, near, far))
    // The server has counted further by then, and takes it back a little later.
    isAlone = !refusal && 'error' in near && near.error === 'OUT_OF_RANGE'
    if (isAlone) break
  }
  // Lets what was written leave.
  await new Promise((resolve) => setImmediate(resolve))
  return plays.length > 0 || end > start ? { plays, isAlone, end } : undefined
}

async function judged(
  call: Call,
  near: Outcome,
  far: Outcome | Promise<Outcome>,
): Promise<readonly [Call, Played]> {
  const outcome = await far
  return [call, { near, far: outcome, same: same(call.name, near, outcome) }]
}
