import type { Guarded } from '@jcache/driver/election'
import type { Authority } from './record.ts'

/** A take-over in the making. */
export interface Election {
  phase: 'looking' | 'probing' | 'swapping'
  readonly why: string
  /** The leader has said what time it was when it stopped: nothing it answered is later. */
  readonly isHandedOver: boolean
  since: number
  record: Guarded<Authority> | null
  next: Authority | null
  unclean: boolean
  /** This node led when the record was lost: nobody else knows who may lead, so it does not give way to what is older. */
  readonly restores: boolean
  readonly answers: Map<string, Probed | null>
}

export interface Probed {
  readonly hears: boolean
  readonly last: { readonly term: number; readonly offset: number } | null
}
