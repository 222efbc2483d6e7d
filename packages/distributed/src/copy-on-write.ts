import type { Piece, Slices } from './data.ts'
import { Holding } from './holding.ts'

/** What can be copied while it changes: keys keep their slot as long as they are there. */
export interface Slotted {
  readonly slots: number
  /** The slot of the key, -1 where there is none. */
  find(key: string): number
  /** What is in the slot, undefined where it is free. */
  at(slot: number): Holding | undefined
}

/** Slots that are looked at for one slice, however little they hold. */
const MOST_SLOTS = 4_096

/**
 * The data as it was at one moment. Before a key changes, it is put aside, unless it was handed out already: so what is
 * handed out is what was, and what changes later is in the log.
 */
export class CopyOnWrite implements Slices {
  isVoid = false
  readonly #source: Slotted
  readonly #onClose: (slices: CopyOnWrite) => void
  /** The slots from here on are still to be handed out, up to those that came later. */
  #slot = 0
  #end: number
  /** Since the moment. */
  #changed = new Set<string>()
  #saved: Holding[] = []
  /** Handed out before, but changed up to the moment. */
  #again = new Set<string>()
  #open: Holding | undefined

  constructor(source: Slotted, onClose: (slices: CopyOnWrite) => void) {
    this.#source = source
    this.#onClose = onClose
    this.#end = source.slots
  }

  /** The keys are about to change, null: all of them. */
  beforeChange(keys: readonly string[] | null): void {
    if (keys === null) this.#void()
    for (const key of keys ?? []) {
      if (this.#changed.has(key)) continue
      this.#changed.add(key)
      if (this.#open?.key === key) this.#open.freeze()
      const slot = this.#source.find(key)
      const isAgain = this.#again.delete(key)
      const isAhead = slot >= this.#slot && slot < this.#end
      const holding = isAgain || isAhead ? this.#now(key, slot) : undefined
      holding?.freeze()
      if (holding) this.#saved.push(holding)
    }
  }

  next(bytes: number): readonly Piece[] {
    const pieces: Piece[] = []
    const until = this.#slot + MOST_SLOTS
    for (let room = bytes; room > 0; ) {
      if (this.#open?.isOver !== false)
        this.#open = this.#saved.pop() ?? this.#oneAgain() ?? this.#ahead(pieces.length ? until : this.#end)
      if (!this.#open) break
      const [piece, size] = this.#open.next(room)
      pieces.push(piece)
      room -= size
    }
    return pieces
  }

  renew(): void {
    for (const key of this.#changed) this.#again.add(key)
    if (this.#open && this.#changed.has(this.#open.key)) this.#open = undefined
    this.#changed = new Set()
    this.#saved = []
    this.#end = this.#source.slots
  }

  close(): void {
    this.#onClose(this)
  }

  /** To put everything aside would take as long as it is large. */
  #void(): void {
    this.isVoid = true
    this.#slot = this.#end
    this.#saved = []
    this.#again.clear()
    this.#open = undefined
  }

  /** What the key holds, or that it is no more. */
  #now(key: string, slot: number): Holding {
    return (slot < 0 ? undefined : this.#source.at(slot)) ?? new Holding(key, undefined, 0)
  }

  #oneAgain(): Holding | undefined {
    for (const key of this.#again) {
      this.#again.delete(key)
      return this.#now(key, this.#source.find(key))
    }
    return undefined
  }

  #ahead(until: number): Holding | undefined {
    while (this.#slot < Math.min(until, this.#end)) {
      const holding = this.#source.at(this.#slot++)
      if (holding && !this.#changed.has(holding.key)) return holding
    }
    return undefined
  }
}
