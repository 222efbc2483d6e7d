import type { Piece, Slices } from './data.ts'

/** What can be copied while it changes: keys keep their slot as long as they are there. */
export interface Slotted {
  readonly slots: number
  keyAt(slot: number): string | undefined
  /** The key with what it holds, undefined where there is none. */
  copy(key: string): Piece | undefined
}

/** Slots that are looked at for one slice, however little they hold. */
const MOST_SLOTS = 4_096

/**
 * The data as it was at one moment. Before a key changes, it is copied, unless it was handed out already: so what is handed
 * out is what was, and what changes later is in the log.
 */
export class CopyOnWrite implements Slices {
  readonly #source: Slotted
  readonly #onClose: (slices: CopyOnWrite) => void
  readonly #end: number
  readonly #changed = new Set<string>()
  #saved: Piece[] = []
  #slot = 0

  constructor(source: Slotted, onClose: (slices: CopyOnWrite) => void) {
    this.#source = source
    this.#onClose = onClose
    this.#end = source.slots
  }

  /** The keys are about to change, all of them for null: then what was not handed out yet is in nobody's way any more. */
  beforeChange(keys: readonly string[] | null): void {
    if (keys === null) this.#slot = this.#end
    for (const key of keys ?? []) {
      if (this.#changed.has(key)) continue
      this.#changed.add(key)
      const piece = this.#slot < this.#end ? this.#source.copy(key) : undefined
      if (piece) this.#saved.push(piece)
    }
  }

  next(bytes: number): readonly Piece[] {
    let room = bytes
    const pieces: Piece[] = []
    const take = (piece: Piece | undefined) => {
      if (!piece) return
      pieces.push(piece)
      room -= sizeOf(piece)
    }
    let saved = 0
    while (room > 0 && saved < this.#saved.length) take(this.#saved[saved++])
    this.#saved = this.#saved.slice(saved)
    for (
      let most = MOST_SLOTS;
      room > 0 && this.#slot < this.#end && (most > 0 || pieces.length === 0);
      most--
    ) {
      const key = this.#source.keyAt(this.#slot++)
      if (key !== undefined && !this.#changed.has(key)) take(this.#source.copy(key))
    }
    return pieces
  }

  close(): void {
    this.#onClose(this)
  }
}

function sizeOf([key, { value }]: Piece): number {
  let bytes = key.length + 16
  for (const part of typeof value === 'string' ? [value] : value)
    bytes += 4 + (typeof part === 'string' ? part.length : String(part[0]).length + String(part[1]).length)
  return bytes
}
