import { ask, type Outcome } from './outcome.ts'
import type { Special, Whole } from './pair.ts'
import { rowOf } from './tables.ts'
import { asItIs, same } from './verdict.ts'

/** Pages after which a walk over some hundred names has no end. */
const MOST_PAGES = 10_000

/**
 * Cursors are each side's own, and so is how much a page holds: compared are whole walks, every item once. The cursor
 * of the call is one that nobody answered; it may find anything, but is refused by both or by none.
 */
export const walks: Special = async ({ near, far }, { name }, args) => {
  const [nearly, farther] = await Promise.all([ask(near, name, args), ask(far, name, args)])
  const refused = 'error' in nearly || 'error' in farther
  if (refused && !same(name, nearly, farther)) return { near: nearly, far: farther, same: false }
  const at = rowOf(name).args.indexOf('cursor')
  const walked = { near: await walk(near, name, args, at), far: await walk(far, name, args, at) }
  return { ...walked, same: same(name, walked.near, walked.far) }
}

/** All items from `'0'` to `'0'`, each once, in an order of their own. */
async function walk(side: Whole, name: string, args: readonly unknown[], at: number): Promise<Outcome> {
  const items = new Map<string, unknown>()
  let cursor = '0'
  for (let page = 0; page < MOST_PAGES; page++) {
    const outcome = await ask(side, name, args.with(at, cursor))
    if ('error' in outcome) return outcome
    const [next, found] = Array.isArray(outcome.answer) ? outcome.answer : []
    if (typeof next !== 'string' || !Array.isArray(found)) return outcome
    for (const item of found) items.set(asItIs(item), item)
    if (next === '0')
      return { answer: [...items].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, item]) => item) }
    cursor = next
  }
  return { error: `no end after ${MOST_PAGES} pages` }
}
