import type { Command } from '@jcache/driver'
import { anyKey, picks, takes } from './by-chance.ts'
import { ask } from './outcome.ts'
import type { Special } from './pair.ts'
import { same } from './verdict.ts'
import { walks } from './walk.ts'

/** How the command is played where it cannot simply be asked in a row with others, and compared. */
export function specialOf(name: string, row: Command): Special | undefined {
  const special = specials.get(name)
  if (special) return special
  if (row.args.includes('cursor')) return walks
  // These use connections of their own, on which they could overtake what was sent before.
  return row.mode === 'block' ? both : undefined
}

const both: Special = async ({ near, far }, { name }, args) => {
  const [nearly, farther] = await Promise.all([ask(near, name, args), ask(far, name, args)])
  return { near: nearly, far: farther, same: same(name, nearly, farther) }
}

/** Redis counts keys that have expired until somebody looks at them. */
const counted: Special = async (pair, call, args) => {
  for await (const [key] of pair.far.entries.scan()) await pair.far.entries.holds(key)
  return both(pair, call, args)
}

const specials: ReadonlyMap<string, Special> = new Map([
  ['hrandfield', picks],
  ['srandmember', picks],
  ['zrandmember', picks],
  ['spop', takes],
  ['randomkey', anyKey],
  ['dbsize', counted],
])
