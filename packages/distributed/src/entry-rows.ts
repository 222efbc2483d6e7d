import type { AnyTable, Entry } from '@jcache/driver'

/** Whole keys move as commands do, so that they are ordered, replicated and acknowledged like any. */
export const DUMP = '@dump'
export const LOAD = '@load'
export const DROP = '@drop'

/** What moves whole keys. */
export interface EntryCommands {
  [DUMP](key: string, limit: number): Entry | null | 'too-big'
  [LOAD](key: string, entry: Entry): null
  [DROP](keys: readonly string[]): null
}

/** Their rows: which are reads, and which arguments are keys. */
export const entryRows: AnyTable = {
  [DUMP]: { mode: 'read', args: ['key', 'double'], reply: 'void' },
  [LOAD]: { mode: 'write', args: ['key', 'text'], reply: 'void' },
  [DROP]: { mode: 'write', args: ['keys'], reply: 'void' },
}
