import { Unmet } from './equal.ts'

/** Everything that a scan answers, page by page; fails where it comes to no end. */
export async function walk<Item>(
  page: (cursor: string) => Promise<[cursor: string, items: Item[]]>,
): Promise<Item[]> {
  const found: Item[] = []
  let cursor = '0'
  for (let pages = 0; pages < 10_000; pages++) {
    const [next, items] = await page(cursor)
    found.push(...items)
    if (next === '0') return found
    cursor = next
  }
  throw new Unmet(`the scan goes on after 10,000 pages, at ${cursor}`, '0', cursor)
}
