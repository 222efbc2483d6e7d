/** Whether a byte of text is one that the pattern wants in its place. */
type Want = (byte: number) => boolean

const STAR = 42
const TO = 45
const ANY = 63
const OPEN = 91
const ESCAPE = 92
const CLOSE = 93
const NOT = 94

/**
 * Tells whether texts fit the pattern, by Redis's rules: `*` any bytes, `?` one byte, `[a-z]` one of these, `[^a-z]` one of
 * the others, `\` takes what follows as it is; bytes are those of UTF-8. https://redis.io/commands/keys
 *
 * The pattern is an automaton with a state for each byte that it wants, one bit each: a byte of the text moves 32 states at
 * once, and none comes back to where it was. O(n) for n bytes of text, times 32nds of the pattern, whatever the pattern.
 */
export function glob(pattern: string): (text: string) => boolean {
  const encoder = new TextEncoder()
  const [wants, stars] = parsed(new Int8Array(encoder.encode(pattern)))
  const words = (wants.length >>> 5) + 1
  const bits = (places: readonly number[]) => {
    const set = new Int32Array(words)
    for (const at of places) set[at >>> 5] = (set[at >>> 5] ?? 0) | (1 << (at & 31))
    return set
  }
  const stays = bits(stars)
  const moves: Int32Array[] = []
  const movesOf = (byte: number) => {
    // As C's char is signed nearly everywhere, what is not ASCII comes before it, which ranges show.
    const char = (byte << 24) >> 24
    return bits(wants.flatMap((wanted, at) => (wanted(char) ? at : [])))
  }

  return (text) => {
    // Redis finds an empty text by these two alone.
    if (text === '') return pattern === '' || pattern === '*'
    const states = bits([0])
    for (const byte of encoder.encode(text)) {
      moves[byte] ??= movesOf(byte)
      const moving = moves[byte]
      let carry = 0
      let alive = 0
      for (let word = 0; word < words; word++) {
        const state = states[word] ?? 0
        const moved = state & (moving[word] ?? 0)
        const next = (moved << 1) | carry | (state & (stays[word] ?? 0))
        carry = moved >>> 31
        alive |= next
        states[word] = next
      }
      if (!alive) return false
    }
    return (((states[words - 1] ?? 0) >>> (wants.length & 31)) & 1) === 1
  }
}

/** What the pattern wants, byte by byte, and where any bytes may come before. */
function parsed(pattern: Int8Array): [wants: Want[], stars: number[]] {
  const wants: Want[] = []
  const stars: number[] = []
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]
    if (char === STAR) stars.push(wants.length)
    else if (char === ANY) wants.push(() => true)
    else if (char === OPEN) {
      const not = pattern[at + 1] === NOT
      const ranges: [number, number][] = []
      at = addRanges(pattern, not ? at + 2 : at + 1, ranges)
      wants.push((byte) => ranges.some(([first, last]) => first <= byte && byte <= last) !== not)
    } else {
      const wanted = char === ESCAPE ? (pattern[++at] ?? char) : char
      wants.push((byte) => byte === wanted)
    }
  }
  return [wants, stars]
}

/** Adds what stands between brackets; answers where they close, or the end of the pattern. */
function addRanges(pattern: Int8Array, start: number, ranges: [first: number, last: number][]): number {
  let at = start
  for (; at < pattern.length && pattern[at] !== CLOSE; at++) {
    const escapes = pattern[at] === ESCAPE && at + 1 < pattern.length
    if (escapes) at++
    const first = pattern[at] ?? 0
    let last = first
    if (!escapes && pattern[at + 1] === TO) {
      last = pattern[at + 2] ?? first
      // At the end of the pattern the hyphen stands for itself, and comes next.
      if (at + 2 < pattern.length) at += 2
    }
    ranges.push(first < last ? [first, last] : [last, first])
  }
  return at
}
