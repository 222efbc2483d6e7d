import { Members } from './members.ts'

/** Sets by their keys; undefined where there is no key, which is an empty set. */
type Sets = readonly (Members | undefined)[]

/** The members that all sets have. O(n m) for n members of the smallest of m sets. */
export function intersection(sets: Sets): string[] {
  const [smallest, ...others] = sets.toSorted((set, other) => (set?.size ?? 0) - (other?.size ?? 0))
  return smallest?.list.filter((member) => others.every((set) => set?.has(member))) ?? []
}

/** The members that any set has. O(n) for n members of all sets. */
export function union(sets: Sets): string[] {
  return new Members(sets.flatMap((set) => set?.list ?? [])).dump()
}

/** The members of the first set that no other has. O(n m) for n members of the first of m sets. */
export function difference([first, ...others]: Sets): string[] {
  return first?.list.filter((member) => !others.some((set) => set?.has(member))) ?? []
}
