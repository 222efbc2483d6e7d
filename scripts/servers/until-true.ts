import { setTimeout as sleep } from 'node:timers/promises'

/** Asks every few milliseconds until the answer is yes; throws after the deadline. A failure counts as a no. */
export async function untilTrue(
  condition: () => Promise<boolean>,
  what: string,
  deadlineMs = 30_000,
): Promise<void> {
  const end = performance.now() + deadlineMs
  let failure: unknown
  while (performance.now() < end) {
    try {
      if (await condition()) return
      failure = undefined
    } catch (error) {
      failure = error
    }
    await sleep(20)
  }
  throw new Error(`Not within ${deadlineMs} ms: ${what}.`, { cause: failure })
}
