import { zipf } from '../suite.ts'

/** The keys that every subject holds, ready-made, since building a key costs more than looking it up. */
export const keys: readonly string[] = Array.from({ length: 10_000 }, (_, at) => `user:${at}`)

const order = zipf(keys.length, 1 << 16)

/** The key of the request with this number. */
export const keyAt = (at: number): string => keys[order[at & 0xffff] ?? 0] ?? ''

/** An object of 20 fields. */
export const objectOf = (key: string): Record<string, unknown> =>
  Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [
      `field${at}`,
      at % 3 === 0 ? at * key.length : at % 3 === 1 ? `${key}, text ${at}` : at % 2 === 0,
    ]),
  )

/** What no near hit may call. */
export const never = (): never => {
  throw new Error('a near hit asked the loader')
}
