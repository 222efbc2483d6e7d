import { type Argument, type Command, isUnavailable, keysOf } from '@jcache/driver'
import { bySlot, checkOneSlot } from './by-slot.ts'

type Handler = (...args: readonly unknown[]) => Promise<unknown>

/**
 * The command on a cluster whose keys are in many slots: where the row says that it is the same on each of them, one call
 * for each slot, all at once; else a call with keys of several slots is refused before anything is sent.
 */
export function spread(name: string, command: Command, call: Handler): Handler {
  const [fact] = command.args
  const parts = command.separable && command.args.length === 1 && fact ? partsOf(fact) : undefined
  return async (...args) => {
    const keys = keysOf(command, args)
    if (keys.length < 2) return call(...args)
    if (!parts) {
      checkOneSlot(name, keys)
      return call(...args)
    }
    const slots = parts.split(args)
    if (slots.length === 1) return call(...args)
    const ended = await Promise.allSettled(slots.map((places) => call(...parts.join(args, places))))
    const failures = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    // Where one part's outcome is not known, neither is that of the whole.
    if (failures.length > 0) throw failures.find(isUnavailable) ?? failures[0]
    return together(
      slots,
      ended.map((each) => (each.status === 'fulfilled' ? each.value : undefined)),
    )
  }
}

interface Parts {
  /** The places of the keys, slot by slot. */
  split(args: readonly unknown[]): number[][]
  /** The arguments with only the keys in these places. */
  join(args: readonly unknown[], places: readonly number[]): readonly unknown[]
}

function partsOf(fact: Argument): Parts {
  const lists = fact === '...key'
  const listOf = (args: readonly unknown[]) => (lists ? args : args[0]) as readonly unknown[]
  const keyOf = (value: unknown) => String(fact === 'keyed' ? (value as readonly unknown[])[0] : value)
  return {
    split: (args) => {
      const list = listOf(args)
      return bySlot([...list.keys()], (place) => keyOf(list[place]))
    },
    join: (args, places) => {
      const list = listOf(args)
      const some = places.map((place) => list[place])
      return lists ? some : [some]
    },
  }
}

/** One answer of those for each slot: counts are added, lists are joined in the order of the keys. */
function together(slots: readonly (readonly number[])[], answers: readonly unknown[]): unknown {
  if (typeof answers[0] === 'number') return answers.reduce<number>((sum, each) => sum + Number(each), 0)
  if (!Array.isArray(answers[0])) return answers[0]
  const joined: unknown[] = []
  for (const [at, places] of slots.entries()) {
    const list = answers[at] as readonly unknown[]
    for (const [nth, place] of places.entries()) joined[place] = list[nth]
  }
  return joined
}
