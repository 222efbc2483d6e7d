import type { Entry, KeyType } from '@jcache/driver'

/** What a key holds when it is more than one text. Each group brings its own. */
export interface Collection {
  readonly type: KeyType
  /** How many fields, values or members; an empty collection takes its key with it. */
  readonly size: number
  /** Characters (UTF-16 units) of all texts, kept up to date by every change in O(1). */
  readonly chars: number
  /** Estimated heap in bytes, kept up to date by every change in O(1). */
  readonly bytes: number
  /** Grows with every change, so that a command that changed nothing can be told. */
  readonly revision: number
  /**
   * The content as entries carry it, or that of the places from start up to, but not including, end: all that is in the places
   * from 0 up to the size is all there is, if nothing changes in between. O(n) for n places, O(log size + n) for a sorted set.
   */
  dump(start?: number, end?: number): Entry['value']
}

export type Value = string | Collection
