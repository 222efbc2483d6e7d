/** Whether a text comes before the other. O(n) for n units in common. */
export type Before = (text: string, other: string) => boolean

/**
 * The order of texts by the bytes of their UTF-8 form, which is by code point, for comparisons with this other text.
 * JavaScript's own order is by UTF-16 units: it puts surrogates, which U+10000 and above are made of, before U+E000 to
 * U+FFFF. With an other text that has neither, both orders agree, and JavaScript's own is twice as fast.
 */
export function byteOrder(other: string): Before {
  return /[\ud800-\uffff]/.test(other) ? byCodePoint : byUnit
}

const byUnit: Before = (text, other) => text < other

const byCodePoint: Before = (text, other) => {
  const length = Math.min(text.length, other.length)
  for (let at = 0; at < length; at++) {
    const found = text.charCodeAt(at)
    const wanted = other.charCodeAt(at)
    if (found !== wanted) return place(found) < place(wanted)
  }
  return text.length < other.length
}

/** Surrogates last. */
const place = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit)
