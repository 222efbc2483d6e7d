/** The longest delay a timer takes: 24.8 days. A longer one would fire at once. */
const LONGEST = 2 ** 31 - 1

/** Runs after so many milliseconds, however many, and keeps no process alive; answers what cancels it. */
export function after(ms: number, run: () => void): () => void {
  let timer: Timer
  const arm = (left: number) => {
    timer = setTimeout(() => (left > LONGEST ? arm(left - LONGEST) : run()), Math.min(left, LONGEST))
    timer.unref?.()
  }
  arm(ms)
  return () => clearTimeout(timer)
}

// An object in Node, a number elsewhere.
interface Timer {
  unref?(): void
}
declare function setTimeout(run: () => void, ms: number): Timer
declare function clearTimeout(timer: Timer): void
