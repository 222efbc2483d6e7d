import type { CommandTable } from '../command.ts'
import { type HashCommands, hash } from './hash.ts'
import { type KeyCommands, keys } from './keys.ts'
import { type ListCommands, list } from './list.ts'
import { type ServerCommands, server } from './server.ts'
import { type SetCommands, set } from './set.ts'
import { type SortedSetCommands, sortedSet } from './sorted-set.ts'
import { type StringCommands, string } from './string.ts'

/** Every command there is. */
export interface Commands
  extends KeyCommands,
    ServerCommands,
    StringCommands,
    HashCommands,
    ListCommands,
    SetCommands,
    SortedSetCommands {}

/** The rows of all commands. */
export const commands: CommandTable<Commands> = /*#__PURE__*/ Object.assign(
  {},
  keys,
  server,
  string,
  hash,
  list,
  set,
  sortedSet,
)
