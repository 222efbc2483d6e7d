import type { Command } from './command.ts'

/**
 * The arguments (as drivers get them) with every key run through the function: to collect keys, or to change them.
 * O(n) for n arguments.
 */
export function mapKeys(
  command: Command,
  args: readonly unknown[],
  change: (key: string) => string,
): unknown[] {
  const { args: facts } = command
  return args.map((value, at) => {
    switch (facts[Math.min(at, facts.length - 1)]) {
      case 'key':
      case '...key':
        return change(value as string)
      case 'keys':
        return (value as readonly string[]).map(change)
      case 'keyed':
        return (value as readonly (readonly [string, string])[]).map(([key, text]) => [change(key), text])
      default:
        return value
    }
  })
}

/** The keys that a call of the command touches, in order. O(n) for n arguments. */
export function keysOf(command: Command, args: readonly unknown[]): string[] {
  const keys: string[] = []
  mapKeys(command, args, (key) => {
    keys.push(key)
    return key
  })
  return keys
}
