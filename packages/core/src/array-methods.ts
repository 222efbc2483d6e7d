import type { ListCommands } from '@jcache/driver'

/** The ends of a list by the names, and with the meaning, that they have on a JavaScript array. */
export interface ArrayMethods {
  /** Puts the values at the tail; answers the new length. As `rpush`. */
  push(key: string, ...values: string[]): Promise<number>
  /** Takes the last value, null without key. As `rpop`. */
  pop(key: string): Promise<string | null>
  /** Takes the first value, null without key. As `lpop`. */
  shift(key: string): Promise<string | null>
  /** Puts the values at the head in the order given, so that the first comes first; answers the new length. */
  unshift(key: string, ...values: string[]): Promise<number>
}

/** What the array methods stand on. */
export type ListEnds = Pick<ListCommands, 'lpush' | 'rpush' | 'lpop' | 'rpop'>

export const arrayMethods: ArrayMethods & ThisType<ListEnds> = {
  push(key, ...values) {
    return this.rpush(key, ...values)
  },
  pop(key) {
    return this.rpop(key)
  },
  shift(key) {
    return this.lpop(key)
  },
  unshift(key, ...values) {
    // LPUSH puts its values one after the other, which turns them round.
    return this.lpush(key, ...values.reverse())
  },
}
