import type { Guarded } from '@jcache/driver/election'
import type { Message } from './message.ts'
import type { Authority } from './record.ts'
import type { Wish } from './request.ts'

/** Somebody in this process calls. */
export interface CallEvent {
  readonly kind: 'call'
  /** Grows with every call of this process. */
  readonly seq: number
  readonly wish: Wish
}

/** What happens to a node. */
export type Event =
  | { readonly kind: 'tick' }
  /** All that came at once has been told: now is the time to send. Asked for by the effect `flush`. */
  | { readonly kind: 'flush' }
  | { readonly kind: 'message'; readonly from: string; readonly message: Message }
  | CallEvent
  /** The caller waits no more. */
  | { readonly kind: 'cancel'; readonly seq: number }
  /** What the coordinator answered to `look`; the record null before the first, both undefined where it did not answer. */
  | {
      readonly kind: 'seen'
      readonly record: Guarded<Authority> | null | undefined
      readonly members: readonly string[]
    }
  /** What became of `swap`. */
  | { readonly kind: 'swapped'; readonly outcome: 'done' | 'refused' | 'unknown' }
  /** The coordinator may know more than we do. */
  | { readonly kind: 'hint' }
  /** The leader's own listener refuses: its process is dead, and so are its reads. */
  | { readonly kind: 'dead'; readonly id: string }
  /** Hand over, answer what is open, and leave. */
  | { readonly kind: 'close' }
