import type { Call } from './call.ts'
import { simpler } from './simpler.ts'

/** Whether a sequence still shows what it is minimised for. */
export type Fails = (calls: readonly Call[]) => Promise<boolean>

/**
 * A sequence that still fails, of which no call can be left out and no argument be made simpler; or as far as so many
 * trials lead. Calls leave in halves, quarters and so on: delta debugging. https://dl.acm.org/doi/10.1109/32.988498
 */
export async function minimise(
  calls: readonly Call[],
  fails: Fails,
  trials = 3_000,
): Promise<readonly Call[]> {
  let left = trials
  const attempt: Fails = async (shorter) => left-- > 0 && (await fails(shorter))
  for (let smallest = calls; ; ) {
    const shorter = await withSimplerCalls(await withFewerCalls(smallest, attempt), attempt)
    if (shorter === smallest) return smallest
    smallest = shorter
  }
}

async function withFewerCalls(calls: readonly Call[], fails: Fails): Promise<readonly Call[]> {
  let smallest = calls
  for (let size = Math.ceil(calls.length / 2); size > 0; size = size > 1 ? Math.ceil(size / 2) : 0) {
    // From the end: what comes late needs what came before, seldom the other way round.
    for (let at = smallest.length - size; at > -size; at -= size) {
      const shorter = smallest.toSpliced(Math.max(at, 0), size + Math.min(at, 0))
      if (await fails(shorter)) smallest = shorter
    }
  }
  return smallest
}

async function withSimplerCalls(calls: readonly Call[], fails: Fails): Promise<readonly Call[]> {
  let smallest = calls
  for (const [at, call] of calls.entries())
    for (let before: Call | undefined, now = call; before !== now; ) {
      before = now
      for (const simple of simpler(before)) {
        const changed = smallest.with(at, simple)
        if (!(await fails(changed))) continue
        smallest = changed
        now = simple
        break
      }
    }
  return smallest
}
