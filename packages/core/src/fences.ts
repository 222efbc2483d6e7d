/**
 * What keeps a copy from being stored late. Every fetch and every write of a key opens a fence; a later fetch or write of
 * the key opens the next one, and an invalidation breaks it. A copy is stored only while its own fence stands: an
 * invalidation during a fetch wins, a delete during a load wins, and of two racing writes neither is kept.
 */
export class Fences<Flight> {
  readonly #standing = new Map<string, Fence<Flight>>()

  /** A new fence around the keys, which falls for each by itself; one that stood on a key is broken. */
  open(...keys: readonly string[]): Fence<Flight> {
    const fence: Fence<Flight> = { flight: undefined }
    for (const key of keys) this.#standing.set(key, fence)
    return fence
  }

  stands(key: string, fence: Fence<Flight> | undefined): boolean {
    return fence !== undefined && this.#standing.get(key) === fence
  }

  /** The fetch that is under way behind a standing fence. */
  flight(key: string): Flight | undefined {
    return this.#standing.get(key)?.flight
  }

  /** The work behind the fence is over. */
  close(key: string, fence: Fence<Flight>): void {
    if (this.stands(key, fence)) this.#standing.delete(key)
  }

  break(key: string): void {
    this.#standing.delete(key)
  }

  breakAll(): void {
    this.#standing.clear()
  }
}

export interface Fence<Flight> {
  /** What others may wait for instead of fetching the same key again. */
  flight: Flight | undefined
}
