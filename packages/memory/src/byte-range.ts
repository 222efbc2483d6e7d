import { CacheError, show } from '@jcache/driver'
import { byteLength, isAscii } from './byte-length.ts'

/** The longest text there can be, in characters: as long as V8 can, 24 short of Redis's 512 MB. */
const LONGEST = 2 ** 29 - 24

/**
 * The bytes of the text in UTF-8 from one place up to, but not including, another. What is left of a character that is cut
 * becomes U+FFFD, or throws TypeError where that would be fatal. O(n) for n bytes of the text, or in ASCII O(1).
 */
export function byteRange(text: string, from: number, to?: number, fatal = false): string {
  if (isAscii(text)) return text.slice(from, to)
  const bytes = new TextEncoder().encode(text).subarray(from, to)
  return new TextDecoder('utf-8', { fatal, ignoreBOM: true }).decode(bytes)
}

/**
 * The text with the value, which must not be empty, in place of as many bytes from the offset on, behind NULs where the
 * text is shorter. Throws `OUT_OF_RANGE` where a character would be cut, since what is left would be no text, or it would be too long.
 */
export function overwritten(key: string, text: string, offset: number, value: string): string {
  checkLength(key, offset + value.length)
  const gap = '\0'.repeat(Math.max(offset - byteLength(text), 0))
  try {
    const before = byteRange(text, 0, offset, true)
    const behind = byteRange(text, offset + byteLength(value), undefined, true)
    return before + gap + value + behind
  } catch (cause) {
    const written = `${byteLength(value)} bytes at ${offset} of ${show(key)}`
    throw new CacheError('OUT_OF_RANGE', `${written} would cut a character, and leave no text`, { cause })
  }
}

/** Throws `OUT_OF_RANGE` for a text longer than can be. */
export function checkLength(key: string, length: number): void {
  if (length > LONGEST)
    throw new CacheError(
      'OUT_OF_RANGE',
      `${show(key)} would hold ${length} characters, ${LONGEST} are the most`,
    )
}
