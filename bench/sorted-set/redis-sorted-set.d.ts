/** The part of it that is measured; it comes without types. */
declare module 'redis-sorted-set' {
  export default class SortedSet {
    add(member: string, score: number): void
    rank(member: string): number | null
    range(start: number, stop: number): string[]
  }
}
