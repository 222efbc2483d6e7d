import { count, micros, percent } from './numbers.ts'
import type { Screen } from './screen.ts'
import type { TierTally } from './tally.ts'

export function tallyTable(screen: Screen, tallies: readonly TierTally[]): void {
  screen.table(
    ['tier', ' answered', ' of all', ' half within (p50)', ' 99 % within (p99)'],
    tallies.map(({ tier, answers, share, median, p99 }) => [
      tier,
      count(answers),
      percent(share),
      micros(median),
      micros(p99),
    ]),
  )
}
