/** The values of several keys: a record, a Map, or any iterable of pairs. Keys that are left out are left unknown. */
export type Loaded<Key extends string, Value> =
  | Readonly<Partial<Record<Key, Value>>>
  | Iterable<readonly [Key, Value]>

/** Keys with their values, whatever they came in. */
export function pairsOf<Key extends string, Value>(
  loaded: Loaded<Key, Value>,
): Iterable<readonly [Key, Value]> {
  // A record says of its own keys that they are Key.
  return Symbol.iterator in loaded ? loaded : (Object.entries(loaded) as [Key, Value][])
}
