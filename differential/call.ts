/** One call as it is made on a client. */
export interface Call {
  /** One of the table. */
  readonly name: string
  readonly args: readonly unknown[]
}

/** The call as it can be copied into a program. */
export function code({ name, args }: Call): string {
  return `await client.${name}(${args.map((arg) => show(arg)).join(', ')})`
}

/** The value as it can be copied into a program; records in the order of their names. `zero` is how -0 is shown. */
export function show(value: unknown, zero = '-0'): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Object.is(value, -0)) return zero
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map((each) => show(each, zero)).join(', ')}]`
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (value instanceof AbortSignal)
    return value.aborted ? 'AbortSignal.abort()' : 'new AbortController().signal'
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return `{ ${entries.map(([name, each]) => `${JSON.stringify(name)}: ${show(each, zero)}`).join(', ')} }`
}
