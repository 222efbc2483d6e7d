import { RedBlackTree } from 'data-structure-typed'
import RedisSortedSet from 'redis-sorted-set'
import { SortedArray } from 'sorted-containers'
import { anyScore, members } from './million.ts'

/** What a sorted set of others can do, with a million members. */
export interface Peer {
  update(member: string, score: number): void
  rank(member: string): unknown
  /** The members of these ranks, both included. */
  range(start: number, stop: number): unknown
}

/** A skip list, as Redis has it. https://www.npmjs.com/package/redis-sorted-set */
export function redisSortedSet(): Peer {
  const set = new RedisSortedSet()
  return filled({
    update: (member, score) => set.add(member, score),
    rank: (member) => set.rank(member),
    range: (start, stop) => set.range(start, stop),
  })
}

/** Sorted arrays in chunks, with the index that its users keep beside it. https://www.npmjs.com/package/sorted-containers */
export function sortedContainers(): Peer {
  const elements = new Map<string, Element>()
  const order = new SortedArray<Element>([], { comparator: compare })
  return filled({
    update: (member, score) => {
      const old = elements.get(member)
      if (old) order.delete(old)
      const element = { member, score }
      elements.set(member, element)
      order.add(element)
    },
    rank: (member) => order.bisectLeft(elements.get(member) ?? NONE),
    range: (start, stop) => order.slice(start, stop + 1).map(({ member }) => member),
  })
}

/** A red-black tree that counts, with the index that its users keep beside it. https://www.npmjs.com/package/data-structure-typed */
export function dataStructureTyped(): Peer {
  const elements = new Map<string, Element>()
  const order = new RedBlackTree<Element>([], { comparator: compare, enableOrderStatistic: true })
  return filled({
    update: (member, score) => {
      const old = elements.get(member)
      if (old) order.delete(old)
      const element = { member, score }
      elements.set(member, element)
      order.set(element, undefined)
    },
    rank: (member) => order.getRank(elements.get(member) ?? NONE),
    range: (start, stop) => order.rangeByRank(start, stop).map((element) => element?.member),
  })
}

interface Element {
  readonly member: string
  readonly score: number
}

const NONE: Element = { member: '', score: 0 }

const compare = (one: Element, other: Element): number =>
  one.score - other.score || (one.member < other.member ? -1 : one.member > other.member ? 1 : 0)

function filled(peer: Peer): Peer {
  for (const member of members) peer.update(member, anyScore())
  return peer
}
