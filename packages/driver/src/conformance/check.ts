import type { Subject } from './subject.ts'

/** One thing that holds for more than one command: a sentence, and what throws unless it holds. */
export interface Check {
  readonly name: string
  readonly run: (subject: Subject, key: string) => Promise<void>
}
