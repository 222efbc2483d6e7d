import { Bell } from './bell.ts'
import type { KeyRange } from './keys.ts'
import { Backoff, pause } from './pause.ts'
import type { Servers } from './servers.ts'
import { watch } from './watch.ts'

/** What is looked at again and again. */
export interface Followed<Found> {
  readonly range: KeyRange
  /** Reads what is there now. */
  look(): Promise<Found>
  /** Whether it is the same as what was told last. */
  same(found: Found, told: Found): boolean
  /** Told what was found first, and then whenever it is another. */
  tell(found: Found): void
}

/** Reads whenever keys of the range may have changed, and tells what is new: the read decides, not the events. */
export function follow<Found>(servers: Servers, { range, look, same, tell }: Followed<Found>): () => void {
  const stopping = new AbortController()
  const stopped = AbortSignal.any([stopping.signal, servers.closing])
  const bell = new Bell()
  const stopWatching = watch(servers, range, bell.ring)

  async function run(): Promise<void> {
    const backoff = new Backoff(50, servers.settings.lookEvery)
    let told: { readonly found: Found } | undefined
    while (!stopped.aborted) {
      let found: Found
      try {
        found = await look()
      } catch {
        // Told as an event.
        await pause(backoff.next(), stopped)
        continue
      }
      if (stopped.aborted) return
      backoff.reset()
      if (!told || !same(found, told.found)) tell(found)
      told = { found }
      await bell.next(stopped)
    }
  }

  void run()
  return () => {
    stopping.abort()
    stopWatching()
  }
}
