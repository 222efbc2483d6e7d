import { Unmet } from './equal.ts'

/** Asks again every few milliseconds until the answer is yes; fails after the deadline. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  deadline = 3_000,
): Promise<void> {
  const end = Date.now() + deadline
  while (!(await condition())) {
    if (Date.now() > end) throw new Unmet(`${what}: not within ${deadline} ms`, true, false)
    await pause(3)
  }
}

/** Lets other work go on for about this many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
