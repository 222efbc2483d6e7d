import type { Answer } from '../effect.ts'
import type { Acknowledgement, Command, ReadLevel } from '../request.ts'

/** One call as it went. */
export interface Operation {
  readonly client: number
  readonly name: string
  readonly command: Command
  readonly mode: 'read' | 'write' | 'block'
  readonly ack: Acknowledgement
  readonly read: ReadLevel
  readonly began: number
  /** What was committed when it began, and in which history. */
  readonly floor: { readonly history: string | null; readonly offset: number; readonly time: number }
  ended: number
  /** The history that was the latest then. */
  history: string | null
  answer: Answer | null
}
