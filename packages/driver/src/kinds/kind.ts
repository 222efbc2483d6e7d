/** Makes a value ready for drivers: undefined where it is not of the kind, null where that is since it is no number. */
export type Become<Ready = unknown> = (value: unknown) => Ready | undefined | null

/** One kind of argument: what is wanted, in words, and how a value becomes ready. */
export type Kind<Ready = unknown> = readonly [wanted: string, become: Become<Ready>]

/** Kinds by name. */
export interface Kinds {
  readonly [name: string]: Kind
}
