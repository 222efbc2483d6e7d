import { type Policy, shift } from './policy.ts'

/** Adaptive replacement (Megiddo, Modha 2003): recent and frequent keys, whose shares the ghosts of both move. */
export const arc: Policy = (entries) => {
  const [recent, frequent, recentGhosts, frequentGhosts] = [0, 1, 2, 3].map(() => new Set<number>()) as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ]
  let aim = 0

  function replace(wasFrequent: boolean): void {
    if (recent.size > 0 && (recent.size > aim || (wasFrequent && recent.size === aim)))
      recentGhosts.add(shift(recent))
    else frequentGhosts.add(shift(frequent))
  }

  return (key) => {
    if (recent.delete(key) || frequent.delete(key)) {
      frequent.add(key)
      return true
    }
    if (recentGhosts.has(key)) {
      aim = Math.min(entries, aim + Math.max(frequentGhosts.size / recentGhosts.size, 1))
      replace(false)
      recentGhosts.delete(key)
      frequent.add(key)
    } else if (frequentGhosts.has(key)) {
      aim = Math.max(0, aim - Math.max(recentGhosts.size / frequentGhosts.size, 1))
      replace(true)
      frequentGhosts.delete(key)
      frequent.add(key)
    } else {
      const all = recent.size + frequent.size + recentGhosts.size + frequentGhosts.size
      if (recent.size + recentGhosts.size === entries) {
        if (recent.size < entries) {
          shift(recentGhosts)
          replace(false)
        } else shift(recent)
      } else if (all >= entries) {
        if (all === 2 * entries) shift(frequentGhosts)
        replace(false)
      }
      recent.add(key)
    }
    return false
  }
}
