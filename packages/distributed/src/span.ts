/** A stretch of the log that one leader wrote, ends included. */
export interface Span {
  readonly term: number
  readonly start: number
  readonly end: number
}

/** The last offset up to which two logs are the same, undefined where that is not told by what is here. */
export function commonPoint(ours: readonly Span[], theirs: readonly Span[]): number | undefined {
  for (const { term, start, end } of theirs.toReversed()) {
    const same = ours.find((span) => span.term === term)
    const common = same && Math.min(end, same.end)
    if (common !== undefined && common >= Math.max(start, same?.start ?? 0)) return common
  }
  return undefined
}
