import { checkOf } from '@jcache/driver'
import { type Call, code, show } from './call.ts'
import { deviation } from './deviations.ts'
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
  for (let at = 0; at < calls.length; ) {
    const batch = await nextBatch(pair, calls, at)
    at += batch.length
    for (const [call, { near, far, ...found }] of batch) {
      played.push(...((found.same && found.instead) || [call]))
      if (!found.same) return { played, difference: { where: code(call), near: show(near), far: show(far) } }
      seen(call, near)
    }
  }
  const found = await differentKey(pair)
  if (!found) return { played }
  const where = `the content of ${show(found.key)}`
  return { played, difference: { where, near: show(found.near), far: show(found.far) } }
}

type Batch = readonly (readonly [Call, Played])[]

/** Plays what can be sent in one piece: one special call, or others up to the next. */
async function nextBatch(pair: Pair, calls: readonly Call[], start: number): Promise<Batch> {
  const sent: (readonly [Call, Outcome, Outcome | Promise<Outcome>])[] = []
  for (const call of calls.slice(start, start + BATCH)) {
    const { name } = call
    const args = checkOf(name, rowOf(name))(call.args)
    const special = specialOf(name, rowOf(name))
    if (special && sent.length > 0) break
    if (special) return [[call, await special(pair, call, args)]]
    const refusal = await deviation(pair.near, name, args)
    const near = ask(pair.near, name, args)
    const far = refusal ? { error: refusal } : ask(pair.far, name, args)
    sent.push([call, near instanceof Promise ? await near : near, far])
    if (refusal) continue
    // The server has counted further by then, and takes it back a little later.
    if ('error' in near && near.error === 'OUT_OF_RANGE') break
  }
  const outcomes = await Promise.all(sent.map(([, , far]) => far))
  return sent.map(([call, near], at) => {
    const far = outcomes[at] ?? { error: 'not asked' }
    return [call, { near, far, same: same(call.name, near, far) }]
  })
}
