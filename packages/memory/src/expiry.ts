import { grown } from './grown.ts'
import { after } from './timer.ts'

/** Width of a tick in milliseconds: how late a key that nobody asks for is cleared out, at most. */
const TICK = 32
/** The last tick, two years after the first; then the count begins anew. */
const LAST = 2 ** 31 - 1
/** The longest sleep in milliseconds: an hour, so that a clock which leaps ahead is found out. */
const NAP = 3_600_000
/** Slots handled before other work gets its turn: a millisecond or two. */
const BATCH = 1000
/** Lists 0 to 31 are the wheel, this one holds what was taken off it, to be cleared out or hung again. */
const TAKEN = 32
/** Nodes before this one are the ends of the lists, those from it on the slots. */
const SLOTS = 33

/**
 * When each slot expires, and what clears it out then: a timing wheel in typed arrays with one timer at most.
 *
 * Time is counted in ticks of 31 bits. A slot hangs in the list whose number is the highest bit, counted from 1, in which
 * its tick differs from the wheel's. So list n holds what comes after bit n of the wheel's time has turned to 1, and the
 * lowest list in use tells when to wake. When time has moved on and n is the highest bit that changed, the lists up to n
 * are taken off: what has expired goes, the rest is hung again, further down. A slot moves as often as its ttl has binary
 * digits at most, and a leap over months costs no more than a tick. This is the hierarchical wheel of Varghese and Lauck
 * (1987) with two spokes to a level, or the radix heap of Ahuja and others (1990) driven by a clock.
 *
 * A slot whose expiry moves later stays where it is until its old time comes, so sliding a ttl is one store. The wheel
 * cannot turn back: when the clock was set back, time is counted anew and every slot is hung again.
 */
export class Expiry {
  /** Unix milliseconds by slot, 0 for never; empty as long as no slot was set. */
  at: Float64Array = new Float64Array(0)

  readonly #now: () => number
  readonly #due: (slot: number) => void
  #next: Int32Array = new Int32Array(0)
  #prev: Int32Array = this.#next
  #capacity = 16
  #count = 0
  /** The clock at tick 0. */
  #origin: number
  #tick = 0
  /** The tick that the timer is set to. */
  #wake = 0
  #cancel: (() => void) | undefined

  /** `due` is called with each slot that has expired; it is no longer set then. */
  constructor(now: () => number, due: (slot: number) => void) {
    this.#now = now
    this.#due = due
    this.#origin = now()
  }

  /** Makes room for the slots below the capacity. */
  grow(capacity: number): void {
    this.#capacity = capacity
    if (this.at.length > 0) this.#lengthen()
  }

  /** Lets the slot expire then, 0 for never. O(1). */
  set(slot: number, at: number): void {
    const before = this.at[slot] ?? 0
    if (at === before) return
    if (this.at.length === 0) this.#lengthen()
    this.at[slot] = at
    if (before === 0) {
      this.#count++
      this.#hang(slot, at)
    } else if (at === 0) {
      this.#unhang(slot)
      if (--this.#count === 0) this.stop()
    } else if (at < before) {
      this.#unhang(slot)
      this.#hang(slot, at)
    }
  }

  /** Ends the timer. */
  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #lengthen(): void {
    this.at = grown(this.at, new Float64Array(this.#capacity))
    this.#next = lengthened(this.#next, SLOTS + this.#capacity)
    this.#prev = lengthened(this.#prev, SLOTS + this.#capacity)
  }

  #hang(slot: number, at: number): void {
    const tick = Math.min(Math.max(Math.ceil((at - this.#origin) / TICK), this.#tick), LAST)
    const list = 32 - Math.clz32(tick ^ this.#tick)
    this.#join(this.#prev[list] ?? list, SLOTS + slot)
    this.#join(SLOTS + slot, list)
    this.#await(list)
  }

  #unhang(slot: number): void {
    this.#join(this.#prev[SLOTS + slot] ?? 0, this.#first(SLOTS + slot))
  }

  /** Sets the timer to when the list is to be taken off, unless it is set to an earlier time. */
  #await(list: number): void {
    const bit = 2 ** Math.max(list - 1, 0)
    const tick = (Math.floor(this.#tick / bit) + 1) * bit
    if (this.#cancel && tick >= this.#wake) return
    this.#sleep(tick, tick * TICK + this.#origin - this.#now())
  }

  #sleep(tick: number, ms: number): void {
    this.#cancel?.()
    this.#wake = tick
    this.#cancel = after(Math.min(Math.max(ms, 0), NAP), () => this.#turn())
  }

  #turn(): void {
    this.#cancel = undefined
    const now = this.#now()
    let tick = Math.floor((now - this.#origin) / TICK)
    let list = 32 - Math.clz32(tick ^ this.#tick)
    if (tick < this.#tick || tick > LAST) {
      this.#origin = now
      tick = 0
      list = 31
    }
    this.#tick = tick
    for (; list >= 0; list--) this.#take(list)
    for (let left = BATCH; left > 0; left--) {
      const slot = this.#first(TAKEN) - SLOTS
      if (slot < 0) break
      const at = this.at[slot] ?? 0
      if (at > now) {
        this.#unhang(slot)
        this.#hang(slot, at)
      } else {
        this.set(slot, 0)
        this.#due(slot)
      }
    }
    if (this.#first(TAKEN) !== TAKEN) this.#sleep(tick, 0)
    else if (this.#count > 0) {
      list = 0
      while (this.#first(list) === list) list++
      this.#await(list)
    }
  }

  #first(list: number): number {
    return this.#next[list] ?? list
  }

  /** Adds the list to what was taken off. O(1). */
  #take(list: number): void {
    const first = this.#first(list)
    if (first === list) return
    const last = this.#prev[list] ?? list
    this.#join(list, list)
    this.#join(this.#prev[TAKEN] ?? TAKEN, first)
    this.#join(last, TAKEN)
  }

  #join(node: number, next: number): void {
    this.#next[node] = next
    this.#prev[next] = node
  }
}

/** As many nodes as wanted, those that were there as they were; the lists are empty where there were none. */
function lengthened(before: Int32Array, length: number): Int32Array {
  const nodes = new Int32Array(length)
  nodes.set(before.length > 0 ? before : Array.from({ length: SLOTS }, (_, list) => list))
  return nodes
}
