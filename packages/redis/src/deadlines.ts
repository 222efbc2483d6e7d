/** A call that waits. */
export interface Waiting {
  /** When it has waited for too long, by the monotonic clock. */
  readonly until: number
  /** Ends it with an error. */
  readonly fail: (error: Error) => void
}

/** The calls that wait, each for the same bounded time. */
export interface Deadlines {
  /** How many wait. */
  readonly size: number
  begin(fail: (error: Error) => void): Waiting
  end(call: Waiting): void
  /** Resolves when none waits. */
  idle(): Promise<void>
}

/**
 * As all wait for the same time, they are late in the order in which they began: one timer does for all.
 * `late` tells what it means to be late.
 */
export function deadlinesOf(ms: number, late: () => Error): Deadlines {
  const calls = new Set<Waiting>()
  let timer: NodeJS.Timeout | undefined
  let whenIdle: (() => void) | undefined

  const arm = (left: number) => {
    // An answer that came while this process was busy is read before the call is given up.
    timer = setTimeout(() => setImmediate(check), left).unref()
  }
  const check = () => {
    timer = undefined
    const now = performance.now()
    for (const call of calls) {
      if (call.until > now) return arm(call.until - now)
      end(call)
      call.fail(late())
    }
  }
  const end = (call: Waiting) => {
    if (calls.delete(call) && calls.size === 0) whenIdle?.()
  }

  return {
    get size() {
      return calls.size
    },
    begin: (fail) => {
      const call = { until: performance.now() + ms, fail }
      calls.add(call)
      if (!timer) arm(ms)
      return call
    },
    end,
    idle: async () => {
      if (calls.size === 0) return
      await new Promise<void>((resolve) => {
        whenIdle = resolve
      })
    },
  }
}
