/** A bounded number of slots, given in the order in which they were asked for. */
export interface Slots {
  /** Whether a caller would have to wait. */
  readonly full: boolean
  /** How many callers wait. */
  readonly queued: number
  /** Waits for a slot; false when the time (in ms) is over. Rejects with the signal's reason when that ends the wait. */
  take(ms: number, signal: AbortSignal): Promise<boolean>
  /** Gives a slot back. */
  give(): void
}

/** What a timer can hold, 24.8 days; a longer wait ends by its slot or its signal. */
export const LONGEST_TIMER: number = 2 ** 31 - 1

export function slots(count: number): Slots {
  let free = count
  const queue = new Set<() => void>()
  return {
    get full() {
      return free === 0
    },
    get queued() {
      return queue.size
    },
    take: (ms, signal) => {
      if (signal.aborted) return Promise.reject(signal.reason)
      if (free > 0) {
        free--
        return Promise.resolve(true)
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          queue.delete(enter)
          clearTimeout(timer)
          signal.removeEventListener('abort', abort)
        }
        const enter = () => {
          leave()
          resolve(true)
        }
        const abort = () => {
          leave()
          reject(signal.reason)
        }
        const late = () => {
          leave()
          resolve(false)
        }
        const timer = ms <= LONGEST_TIMER ? setTimeout(late, ms).unref() : undefined
        queue.add(enter)
        signal.addEventListener('abort', abort)
      })
    },
    give: () => {
      const [next] = queue
      if (next) next()
      else free++
    },
  }
}
