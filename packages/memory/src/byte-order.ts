/**
 * Compares two texts as Redis does: by the bytes of their UTF-8 form, which is by code point. Negative, zero or positive.
 * JavaScript's own `<` compares UTF-16 units, and puts surrogates (U+10000 and above) before U+E000 to U+FFFF.
 * O(n) for n units in common. https://www.unicode.org/versions/latest/core-spec/chapter-5/#G23972
 */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at)
    const b = right.charCodeAt(at)
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : afterSurrogates(a) - afterSurrogates(b)
  }
  return left.length - right.length
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000

/** The unit moved so that surrogates come last. */
const afterSurrogates = (unit: number): number => (isSurrogate(unit) ? unit + 0x10000 : unit)
