export type {
  Aggregate,
  ArgumentKind,
  ArgumentTypes,
  LexBound,
  Limit,
  ListEnd,
  Pairs,
  Ready,
  ReadyBound,
  ReadyPairs,
  ScanOptions,
  ScoreBound,
} from './argument.ts'
export { checkOf } from './check.ts'
export type { AnyTable, Argument, Command, CommandTable, Mode, OptionFacts } from './command.ts'
export { type HashCommands, hash, type RandomFieldReply, type WithValues } from './commands/hash.ts'
export { type Commands, commands } from './commands/index.ts'
export { type KeyCommands, type KeyScanOptions, keys } from './commands/keys.ts'
export {
  type BlockOptions,
  type ListCommands,
  type LposOptions,
  type LposReply,
  list,
  type PopReply,
} from './commands/list.ts'
export {
  type GetexOptions,
  type PlainStringCommands,
  plainString,
  type SetOptions,
  type SetReply,
} from './commands/plain-string.ts'
export { type ServerCommands, server } from './commands/server.ts'
export { type PickReply, type SetCommands, set } from './commands/set.ts'
export {
  type CombineOptions,
  type RandomMemberReply,
  type RangeOptions,
  type RangeReply,
  type SortedSetCommands,
  sortedSet,
  type WithLimit,
  type WithScores,
  type ZaddOptions,
  type ZaddReply,
} from './commands/sorted-set.ts'
export { type StringCommands, string } from './commands/string.ts'
export { derive } from './derive.ts'
export type { Driver, DriverCommands, Scope } from './driver.ts'
export { type Duration, type Instant, milliseconds } from './duration.ts'
export type { Entries, Entry } from './entry.ts'
export { CacheError, codeOf, type ErrorCode, isUnavailable } from './errors.ts'
export type { Invalidation, Invalidations } from './invalidation.ts'
export { keysOf, mapKeys } from './keys-of.ts'
export { duration, MAX_KEY_LENGTH } from './kinds/basic.ts'
export { timeout } from './kinds/block.ts'
export type { Kind, Kinds } from './kinds/kind.ts'
export { whole } from './kinds/number.ts'
export { literalPattern } from './literal-pattern.ts'
export { quietly } from './quietly.ts'
export { callable, type OptionKinds, optionsOf, type ReadyOptions } from './ready.ts'
export type { ByFlag, KeyType, Reply, ReplyTypes, ScoredMember } from './reply.ts'
export { show } from './show.ts'
