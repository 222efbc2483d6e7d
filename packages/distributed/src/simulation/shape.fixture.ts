import type { Options } from '../options.ts'

export interface Shape {
  readonly size: number
  readonly clients: number
  readonly options: Partial<Options>
  /** The share of messages that is lost, at most. */
  readonly loss: number
  /** What may happen in this life. */
  readonly may: Readonly<
    Record<
      'crash' | 'pause' | 'cut' | 'coordinator' | 'delay' | 'forget' | 'leave' | 'lies' | 'loss' | 'unclean',
      boolean
    >
  >
}

/** What kind of life it is: by turns small and large, calm in some ways and rough in others. */
export function shapeOf(seed: number): Shape {
  const bit = (at: number) => ((Math.imul(seed, 0x9e3779b1) >>> at) & 1) === 1
  const options: Partial<Options> = {
    // A small ring makes for snapshots, a small window for many turns.
    ...(bit(20) ? { ring: 900, slice: 120, window: 420 } : {}),
    ...(bit(21) && bit(22) ? { minInSync: 2 } : {}),
    unclean: bit(23) ? 'flush' : 'stale',
    uncleanAfter: 700,
  }
  return {
    size: 2 + (seed % 4),
    clients: 3 + (seed % 5),
    options,
    loss: 0.05,
    may: {
      crash: bit(10),
      pause: bit(11),
      cut: bit(12),
      coordinator: bit(13),
      delay: bit(24) && bit(25),
      // The data of the coordinator is safe, unless a test wants to see what comes of its loss.
      forget: false,
      // Proofs of death are true, unless a test wants to see what comes of others.
      lies: false,
      leave: bit(14) && bit(16),
      loss: bit(15),
      unclean: bit(17) && bit(18) && bit(19),
    },
  }
}
