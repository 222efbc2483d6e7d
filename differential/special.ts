import type { Command } from '@jcache/driver'
import { anyKey, picks, takes } from './by-chance.ts'
import { ask } from './outcome.ts'
import { dump, type Special } from './pair.ts'
import { same } from './verdict.ts'
import { walks } from './walk.ts'

/** How the command is played where it cannot simply be asked in a row with others, and compared. */
export function specialOf(name: string, row: Command): Special | undefined {
  const special = specials.get(name)
  if (special) return special
  if (row.args.some((fact) => fact === 'cursor')) return walks
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

/** Where scores differ, what Redis finds by bytes hangs on how it keeps the set: neither side is asked. */
const byBytes: Special = async (pair, call, args) => {
  const held = await dump(pair.near, String(args[0]))
  const scores = held?.type === 'zset' ? held.value.map(([, score]) => score) : []
  if (new Set(scores).size < 2) return both(pair, call, args)
  return { near: { answer: null }, far: { answer: null }, same: true }
}

const specials: ReadonlyMap<string, Special> = new Map([
  ['hrandfield', picks],
  ['srandmember', picks],
  ['zrandmember', picks],
  ['zrangebylex', byBytes],
  ['zlexcount', byBytes],
  ['zremrangebylex', byBytes],
  ['spop', takes],
  ['randomkey', anyKey],
  ['dbsize', counted],
])
