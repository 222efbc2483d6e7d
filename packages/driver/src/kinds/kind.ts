/** Makes a value ready for drivers: undefined where it is not of the kind, null where that is since it is no number. */
export type Become = (value: unknown) => unknown

/** One kind of argument: what is wanted, in words, and how a value becomes ready. */
export type Kind = readonly [wanted: string, become: Become]

/** Kinds by name. */
export interface Kinds {
  readonly [name: string]: Kind
}
