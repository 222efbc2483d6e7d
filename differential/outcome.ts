import { codeOf, type Driver } from '@jcache/driver'

/** What came of a call: an answer, or an error by its code (its text, where it is none of ours). */
export type Outcome = { readonly answer: unknown } | { readonly error: string }

/** The outcome of one command with arguments as drivers get them; at once where the driver answers at once. */
export function ask(driver: Driver, name: string, args: readonly unknown[]): Outcome | Promise<Outcome> {
  const command: unknown = Reflect.get(driver.commands, name)
  if (typeof command !== 'function') return { error: 'no such command' }
  try {
    const answer: unknown = command.apply(driver.commands, args)
    return answer instanceof Promise ? answer.then((answer: unknown) => ({ answer }), failed) : { answer }
  } catch (error) {
    return failed(error)
  }
}

function failed(error: unknown): Outcome {
  return { error: codeOf(error) ?? String(error) }
}
