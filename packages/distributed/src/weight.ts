import type { Options } from './options.ts'

/** What a command, or its answer, may take of a message: the rest is for what goes with it, names and keys for instance. */
const SHARE = 0.75

/** More than stands before a text or a list, and more than a number takes. */
const HEAD = 10

/** What of a message a command, or its answer, may take, in bytes. */
export function roomOf({ message }: Pick<Options, 'message'>): number {
  return message * SHARE
}

/** Why nodes cannot say it to each other in so many bytes, null where they can. O(n); texts are measured only in doubt. */
export function faultOf(value: unknown, room: number): string | null {
  const bound = weightOf(value, (text) => 3 * text.length)
  if (Number.isNaN(bound)) return 'it holds what is no data: wanted are texts, numbers, lists and records'
  if (bound <= room) return null
  const bytes = weightOf(value, (text) => Buffer.byteLength(text))
  return bytes > room ? `it takes ${bytes} bytes, more than the ${room} for it in a message` : null
}

/** At most so many bytes on the wire; NaN where it is no data. */
function weightOf(value: unknown, ofText: (text: string) => number): number {
  switch (typeof value) {
    case 'string':
      return HEAD + ofText(value)
    case 'number':
    case 'boolean':
    case 'undefined':
      return HEAD
    case 'object': {
      if (value === null) return HEAD
      let bytes = HEAD
      if (Array.isArray(value)) for (const each of value) bytes += weightOf(each, ofText)
      else if (!isRecord(value)) return Number.NaN
      else
        for (const [name, each] of Object.entries(value))
          bytes += HEAD + ofText(name) + weightOf(each, ofText)
      return bytes
    }
  }
  return Number.NaN
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
