/** One line that a process writes before and after each of its calls, so that they are known when it is killed. */
export type Note =
  | { readonly kind: 'began'; readonly call: number; readonly at: number; readonly what: What }
  | { readonly kind: 'ended'; readonly call: number; readonly at: number; readonly end: End }

export interface What {
  readonly name: 'get' | 'set' | 'incr'
  readonly key: string
  readonly value: string
  readonly level: 'linearizable' | 'session'
}

export type End =
  | { readonly kind: 'answered'; readonly value: string | number | boolean | null }
  | { readonly kind: 'not executed' }
  | { readonly kind: 'unknown' }
  /** An error that says neither: that may not be. */
  | { readonly kind: 'broken'; readonly error: string }

/** Milliseconds of the clock that all processes of the machine share. */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
