import type { Call } from './call.ts'
import { rowOf } from './tables.ts'

/** The call with one thing less, or one thing simpler, the greatest steps first; not all of these pass the check. */
export function* simpler({ name, args }: Call): Generator<Call> {
  const facts = rowOf(name).args
  const fixed = facts.length - 1
  for (const rest of fewer(args.slice(fixed))) yield { name, args: [...args.slice(0, fixed), ...rest] }
  for (const [at, value] of args.entries()) {
    const fact = facts[Math.min(at, fixed)]
    if (typeof fact === 'string' && isKept(fact, value)) continue
    for (const other of simplerValues(value)) yield { name, args: args.with(at, other) }
  }
}

/** With another key, or a shorter time that is over before both have been asked, it would be another story. */
function isKept(fact: string, value: unknown): boolean {
  return (fact.includes('key') && typeof value === 'string') || fact.includes('duration')
}

/** The list without its one half or other, one quarter or other, and so on. */
function* fewer<Item>(list: readonly Item[]): Generator<Item[]> {
  for (let size = list.length; size > 0; size = size > 1 ? Math.ceil(size / 2) : 0)
    for (let at = 0; at < list.length; at += size) yield list.toSpliced(at, size)
}

/** Each is simpler than the value, so that this comes to an end. */
function* simplerValues(value: unknown): Generator<unknown> {
  if (typeof value === 'string' && value !== 'a') yield* value === '1' ? ['a'] : ['a', '1']
  else if (typeof value === 'number' && value !== 0) {
    // What is large is left so, or made small: between lies what would take the server's time and memory.
    for (const other of [0, 1, Math.trunc(Math.abs(value) > 1_000 ? value : value / 2)])
      if (Math.abs(other) < Math.abs(value) || (other === 1 && value === -1)) yield other
  } else if (Array.isArray(value)) {
    yield* fewer(value)
    for (const [at, item] of value.entries())
      for (const other of simplerValues(item)) yield value.with(at, other)
  } else if (value?.constructor === Object) {
    for (const option of Object.keys(value)) {
      const { [option]: _, ...others } = value as Record<string, unknown>
      yield others
    }
  }
}
