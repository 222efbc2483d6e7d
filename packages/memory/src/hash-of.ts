/** Characters that count: keys of any length cost no more, and differ at their ends more than at their beginnings. */
const MOST = 64

/** A well mixed hash of 32 bits, signed; texts whose last 64 characters are alike may share it. O(1). */
export function hashOf(text: string): number {
  let hash = text.length
  for (let at = Math.max(0, text.length - MOST); at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
