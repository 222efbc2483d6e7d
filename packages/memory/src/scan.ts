import type { ScanOptions } from '@jcache/driver'
import { glob } from './glob.ts'

/** How many places a page looks at, unless said. */
const COUNT = 10
/** So many times as many places are looked at while they are empty. */
const SPARE = 9

/**
 * A page of a walk over places from the last to the first, and the cursor for the next: how many places are left; `'0'`
 * begins and ends the walk. What is there all the while is met, once or more, provided that it only ever moves to a lower
 * place. Places may be empty: then a page looks at up to ten times as many. Where less than `rest` would be left, it is looked at too. O(n) for n places looked at.
 */
export function scan<Item>(
  size: number,
  itemAt: (place: number) => Item | undefined,
  nameOf: (item: Item) => string,
  cursor: string,
  { match = '*', count = COUNT }: ScanOptions = {},
  rest = 0,
): [cursor: string, items: Item[]] {
  const matches = match === '*' ? () => true : glob(match)
  const items: Item[] = []
  // A cursor beyond the end is one of a time when there was more.
  let place = Math.min(Number(cursor) || size, size)
  let end = place - count < rest ? 0 : place - count
  for (let spare = count * SPARE; place > end; ) {
    const item = itemAt(--place)
    if (item === undefined) {
      if (end > 0 && spare-- > 0) end--
    } else if (matches(nameOf(item))) items.push(item)
  }
  return [String(place), items]
}
