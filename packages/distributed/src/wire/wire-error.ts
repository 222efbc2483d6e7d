/**
 * What is wrong with bytes that are no message, or with a value that has no bytes.
 *
 * - `TRUNCATED`: they end too early.
 * - `MALFORMED`: they are nothing that this version says.
 * - `VERSION`: they are of another version.
 * - `TOO_DEEP`: values within values, more than any command has.
 * - `UNENCODABLE`: the value is no data: a function, a class, an integer without end.
 */
export type WireFault = 'TRUNCATED' | 'MALFORMED' | 'VERSION' | 'TOO_DEEP' | 'UNENCODABLE'

/** Bytes that are no message, or a message that has no bytes. Nothing came of it. */
export class WireError extends Error {
  override name = 'WireError'
  readonly fault: WireFault

  constructor(fault: WireFault, message: string) {
    super(message)
    this.fault = fault
  }
}
