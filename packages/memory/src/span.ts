/**
 * The part of a list of that size which Redis means by start and stop: negative indexes count from the end,
 * both are included, and what lies outside is cut off. Answers its first index and the one behind its last.
 */
export function span(start: number, stop: number, size: number): [from: number, to: number] {
  const from = Math.max(start < 0 ? start + size : start, 0)
  const to = Math.min(stop < 0 ? stop + size : stop, size - 1) + 1
  return from < to ? [from, to] : [0, 0]
}
