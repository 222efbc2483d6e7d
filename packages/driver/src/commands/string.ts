import type { CommandTable } from '../command.ts'
import { type PlainStringCommands, plainString } from './plain-string.ts'

/** Commands on texts. Lengths and offsets count bytes of UTF-8. */
export interface StringCommands extends PlainStringCommands {
  /**
   * Adds to the number in the text, from 0 without key; answers the sum. What is kept has at most 17 decimals, of sums with
   * 64 bits of precision, so that 0.1 and 0.2 make 0.3. O(1). https://redis.io/commands/incrbyfloat
   */
  incrbyfloat(key: string, increment: number): Promise<number>
  /** Answers how many bytes the text has in UTF-8, 0 without key. O(n) for n bytes. https://redis.io/commands/strlen */
  strlen(key: string): Promise<number>
  /** Adds the value behind the text, an empty one without key; answers how many bytes there are now. O(n) for n bytes. https://redis.io/commands/append */
  append(key: string, value: string): Promise<number>
  /**
   * Answers the bytes from start to end, both included; below zero they count from the end. Empty outside of the text and
   * without key; U+FFFD stands for what is left of a character that is cut. O(n) for n bytes. https://redis.io/commands/getrange
   */
  getrange(key: string, start: number, end: number): Promise<string>
  /**
   * Writes the value over the bytes from the offset on, behind NULs where the text is shorter; answers how many bytes there
   * are now. An empty value changes nothing. O(n) for n bytes. https://redis.io/commands/setrange
   */
  setrange(key: string, offset: number, value: string): Promise<number>
}

export const string: CommandTable<StringCommands> = /*#__PURE__*/ Object.assign({}, plainString, {
  incrbyfloat: { mode: 'write', args: ['key', 'double'], reply: 'double' },
  strlen: { mode: 'read', args: ['key'], reply: 'integer' },
  append: { mode: 'write', args: ['key', 'text'], reply: 'integer' },
  getrange: { mode: 'read', args: ['key', 'integer', 'integer'], reply: 'text' },
  setrange: { mode: 'write', args: ['key', 'count', 'text'], reply: 'integer' },
} as const)
