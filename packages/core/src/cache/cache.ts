import type { CallOptions, ValueOptions } from './cache-options.ts'
import type { Loader, ManyContext } from './load.ts'
import type { Loaded } from './loaded.ts'

/** Which values lie under which keys; an interface may name patterns of keys: `[id: user:${string}]: User`, in backticks. */
export type Shape = Readonly<Record<string, unknown>>

type KeyOf<Values> = keyof Values & string

/**
 * Objects in the tiers of a client, read through loaders. Every value is handed out frozen, the same from near and far.
 * `undefined` stands for no value; `null`, `0`, `false` and `''` are values. Calls fail with `INVALID_ARGUMENT` for a key that
 * is no text, is empty, or begins with `~`.
 */
export interface Cache<Values = Shape> {
  /**
   * The value, undefined where none is fresh. O(1). Fails with `TIMEOUT` or `UNAVAILABLE` where no tier can answer,
   * and with `WRONG_TYPE` where the key holds another type.
   */
  get<Value = never, Key extends KeyOf<Values> = KeyOf<Values>>(
    key: Key,
  ): Promise<([Value] extends [never] ? Values[Key] : Value) | undefined>
  /**
   * Sets the value; loads of the key that are under way are overtaken. O(1). Fails with `INVALID_ARGUMENT` for a value that
   * the codec cannot give back, before any tier is touched; with `TIMEOUT` or `UNAVAILABLE` where truth did not answer.
   */
  set<Key extends KeyOf<Values>>(key: Key, value: Values[Key], options?: ValueOptions): Promise<void>
  /** Whether there is a fresh value. O(1). Fails as `get`. */
  has(key: KeyOf<Values>): Promise<boolean>
  /** Removes the value, fresh or stale; loads under way are overtaken. Answers whether there was one. O(1). */
  delete(key: KeyOf<Values>): Promise<boolean>
  /** The fresh values among those of the keys. O(n) for n keys. Fails as `get`. */
  getMany<Value = never, Key extends KeyOf<Values> = KeyOf<Values>>(
    keys: Iterable<Key>,
  ): Promise<Map<Key, [Value] extends [never] ? Values[Key] : Value>>
  /** Sets the values, as `set` each. O(n) for n keys. */
  setMany<Key extends KeyOf<Values>>(values: Loaded<Key, Values[Key]>, options?: ValueOptions): Promise<void>
  /**
   * The value; where there is none, what the loader answers, which is stored. One load of a key at a time; all who ask
   * meanwhile share its value or its error. A value past its ttl is answered at once, or after the soft timeout, and
   * loaded anew behind the answer. Fails as the loader does, with `TIMEOUT` after the hard timeout, with `ABORTED` by its signal.
   */
  getOrSet<Key extends KeyOf<Values>, Value extends Values[Key]>(
    key: Key,
    loader: Loader<Value>,
    options?: CallOptions,
  ): Promise<Value>
  /**
   * As `getOrSet` of each key, with one call of the loader for those that must be loaded. What it leaves out is not in
   * the answer, and is not stored.
   */
  getOrSetMany<Key extends KeyOf<Values>, Value extends Values[Key]>(
    keys: Iterable<Key>,
    loader: (
      missing: readonly Key[],
      context: ManyContext,
    ) => Loaded<Key, Value> | Promise<Loaded<Key, Value>>,
    options?: CallOptions,
  ): Promise<Map<Key, Value>>
  /** The function, its answers cached under the key that is made of its arguments. */
  wrap<Fn extends (...args: never[]) => Values[KeyOf<Values>] | Promise<Values[KeyOf<Values>]>>(
    fn: Fn,
    options: CallOptions & { readonly key: (...args: Parameters<Fn>) => KeyOf<Values> },
  ): (...args: Parameters<Fn>) => Promise<Awaited<ReturnType<Fn>>>
  /** Every value with one of the tags counts no longer, also one that is being loaded. O(1) for each tag. */
  invalidateTags(...tags: string[]): Promise<void>
  /** No value under the prefix of this cache counts any longer. O(1): what lies in tiers ends by its ttl. */
  clear(): Promise<void>
}
