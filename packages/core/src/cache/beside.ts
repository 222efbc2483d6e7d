import type { Stamp } from './stamps.ts'

/**
 * What lies beside a value that has tags. The value's text then ends in a space, which JSON allows and readers of other
 * programs pass over; a second key tells its stamps, and of which text they are. Both keys cannot be written at once: of a text
 * and stamps that do not belong together the text does not count. A text without the space counts as it is, whoever wrote it.
 */
const MARK = ' '

export function isMarked(text: string): boolean {
  return text.endsWith(MARK)
}

/** The text as tiers hold it. */
export function marked(text: string, stamps: readonly Stamp[]): string {
  return stamps.length || isMarked(text) ? text + MARK : text
}

/** The text as the codec knows it. */
export function unmarked(text: string): string {
  return isMarked(text) ? text.slice(0, -1) : text
}

/** What is written beside a marked text. */
export function besideText(text: string, stamps: readonly Stamp[]): string {
  return JSON.stringify({ of: digest(text), stamps: Object.fromEntries(stamps) })
}

/** The stamps of the text; undefined where these are not its own. */
export function stampsBeside(text: string, beside: string | undefined): readonly Stamp[] | undefined {
  try {
    const { of, stamps } = JSON.parse(beside ?? '')
    return of === digest(text) ? Object.entries<string>(stamps) : undefined
  } catch {
    return undefined
  }
}

/** Length and 32 bits of FNV-1a. O(n). */
function digest(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return `${text.length}.${(hash >>> 0).toString(36)}`
}
