import { type Policy, shift } from './policy.ts'

/** Three queues (Yang and others 2023): a small one for newcomers, a main one, and ghosts of what the small one let go. */
export const s3fifo: Policy = (entries) => {
  const small = new Set<number>()
  const main = new Set<number>()
  const ghosts = new Set<number>()
  const hits = new Map<number, number>()
  const smallEntries = Math.max(1, Math.floor(entries / 10))
  const mainEntries = entries - smallEntries

  function evictMain(): void {
    for (;;) {
      const key = shift(main)
      const count = hits.get(key) ?? 0
      if (count === 0) {
        hits.delete(key)
        return
      }
      main.add(key)
      hits.set(key, count - 1)
    }
  }

  function evictSmall(): void {
    while (small.size > 0) {
      const key = shift(small)
      if ((hits.get(key) ?? 0) <= 1) {
        hits.delete(key)
        ghosts.add(key)
        if (ghosts.size > mainEntries) shift(ghosts)
        return
      }
      hits.set(key, 0)
      main.add(key)
      if (main.size > mainEntries) evictMain()
    }
  }

  return (key) => {
    const count = hits.get(key)
    if (count !== undefined) {
      hits.set(key, Math.min(count + 1, 3))
      return true
    }
    while (small.size + main.size >= entries) {
      if (small.size >= smallEntries || main.size === 0) evictSmall()
      else evictMain()
    }
    hits.set(key, 0)
    if (ghosts.delete(key)) main.add(key)
    else small.add(key)
    return false
  }
}
