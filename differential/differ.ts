import { codeOf } from '@jcache/driver'
import { type Call, code } from './call.ts'
import { generate } from './generate.ts'
import type { Judge } from './judge.ts'
import { minimise } from './minimise.ts'
import type { Pair, Whole } from './pair.ts'
import { type Difference, play, type Seen } from './play.ts'

/** Calls in one sequence: enough for values to grow, few enough to be looked through again and again. */
const SEQUENCE = 2_000

/** The smallest sequence found that shows a difference. */
export interface Finding {
  readonly seed: number
  readonly calls: readonly Call[]
  readonly difference: Difference
  /** The same calls did not show it again: it hangs on time, or on chance. */
  readonly isFleeting?: true
}

/**
 * Plays so many calls on the driver and on the judge, in sequences of which each has the seed that follows the one
 * before; answers the first difference, minimised.
 */
export async function differ(
  near: Whole,
  judge: Judge,
  first: number,
  count: number,
  seen?: Seen,
): Promise<Finding | undefined> {
  const pair = { near, far: judge.driver }
  for (let seed = first, left = count; left > 0; seed++, left -= SEQUENCE) {
    const calls = generate(seed, Math.min(left, SEQUENCE)).filter(judge.knows)
    const { difference, played } = await play(pair, calls, seen)
    if (!difference) continue
    if (!(await playAgain(pair, played))) return { seed, calls: played, difference, isFleeting: true }
    let finding: Finding = { seed, calls: played, difference }
    await minimise(played, async (calls) => {
      const again = await playAgain(pair, calls)
      if (again) finding = { seed, calls, difference: again }
      return again !== undefined
    })
    return finding
  }
  return undefined
}

/** Undefined without difference, and where a call made simpler no longer passes its check. */
async function playAgain(pair: Pair, calls: readonly Call[]): Promise<Difference | undefined> {
  try {
    return (await play(pair, calls)).difference
  } catch (error) {
    if (codeOf(error) === 'INVALID_ARGUMENT' || codeOf(error) === 'NOT_A_NUMBER') return undefined
    throw error
  }
}

/** How many calls are told of a sequence that cannot be minimised. */
const LAST = 50

/** The finding for a reader: calls to copy, what came of them, and how to have it all again. */
export function report(finding: Finding, { description }: Judge): string {
  const { seed, calls, difference, isFleeting = false } = finding
  return [
    isFleeting
      ? `memory differed from ${description}, but not when all was played again; the last of ${calls.length} calls:`
      : `memory differs from ${description} after:`,
    ...calls.slice(isFleeting ? -LAST : 0).map((call) => `  ${code(call)}`),
    `${difference.where}:`,
    `  memory: ${difference.near}`,
    `  redis:  ${difference.far}`,
    `Again: DIFFERENTIAL_SEED=${seed} npm test -- differential`,
  ].join('\n')
}
