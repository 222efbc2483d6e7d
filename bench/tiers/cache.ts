/** A cache of texts over memory and one Redis, as each library builds it for several instances of an application. */
export interface TieredCache {
  get(key: string): Promise<unknown>
  set(key: string, value: string): Promise<unknown>
  getMany(keys: string[]): Promise<readonly unknown[]>
  close(): unknown
}

/** Makes the cache over the server at the URL, with room for so many entries in memory. */
export type OverRedis = (url: string, entries: number) => TieredCache | Promise<TieredCache>
