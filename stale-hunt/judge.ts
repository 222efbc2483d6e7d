import type { Diary, Events, Read, Span } from './history.ts'
import { isVolatile } from './keys.ts'
import { beginning, chain, type State, statesOf } from './states.ts'

/**
 * The reads that found what they should not have found: what was not written yet, what had been over for longer than
 * `bound` milliseconds in which their process ran (and the staleness that it allows itself), or what their own process had overwritten before. What is over:
 * another state had surely followed it.
 */
export function judge(diaries: readonly Diary[], events: Events, bound: number): string[] {
  const states = statesOf(diaries, events)
  const untouched = chain(beginning(events))
  return diaries.flatMap((diary) =>
    diary.reads.flatMap((read) => {
      const wrong = faultOf(read, diary, (states.get(read.key) ?? untouched).get(read.version) ?? [], bound)
      const when = `${read.from.toFixed(1)} to ${read.to.toFixed(1)}`
      return wrong
        ? [`process ${diary.process} ${read.by} ${JSON.stringify(read.key)}, ${when}: ${wrong}`]
        : []
    }),
  )
}

function faultOf(
  { key, version, from, to }: Read,
  { process, staleness, stalls }: Diary,
  states: readonly State[],
  bound: number,
): string | undefined {
  // It may have expired or been evicted at any time.
  if (version === null && isVolatile(key)) return undefined
  let fault = `found ${version}, which was not written yet`
  for (const state of states) {
    if (state.from > to) continue
    const { over, overwritten, writer } = state
    const late = from - over - asleep(stalls, over, to)
    const own = writer === process && overwritten < from
    if (late <= bound + staleness && !own) return undefined
    fault = `found ${version}, which was over for ${late.toFixed(1)} ms${own ? ', by its own doing' : ''}`
  }
  return fault
}

/** How long the process did not run. */
function asleep(stalls: readonly Span[], from: number, to: number): number {
  if (from > to) return 0
  return stalls.reduce(
    (sum, stall) => sum + Math.max(0, Math.min(stall.to, to) - Math.max(stall.from, from)),
    0,
  )
}
