import fc from 'fast-check'
import { expect, test } from 'vitest'
import { glob } from './glob.ts'

test.each<[pattern: string, fits: string[], other: string[]]>([
  ['', [''], ['a', ' ']],
  ['*', ['', 'a', 'a\nb', '😀'], []],
  ['**', ['a', 'abc'], ['']],
  ['?', ['a', '\0'], ['', 'ab', 'é']],
  ['??', ['ab', 'é'], ['a', '漢']],
  ['h?llo', ['hello', 'h*llo'], ['hllo', 'heello', 'hello ']],
  ['h*llo', ['hllo', 'heeeello', 'hllollo'], ['hell', 'ahllo']],
  ['*a*b', ['ab', 'xaxxb', 'abab'], ['aba', 'ba']],
  ['a**b', ['ab', 'axb'], ['a']],
  ['h[ae]llo', ['hello', 'hallo'], ['hillo', 'hllo']],
  ['h[^e]llo', ['hallo', 'h^llo'], ['hello']],
  ['h[a-c]llo', ['hallo', 'hbllo', 'hcllo'], ['hdllo', 'h-llo']],
  ['[c-a]', ['a', 'b', 'c'], ['d']],
  ['[^a-c-]', ['d'], ['a', '-']],
  ['[]a]', [], ['a', ']', 'a]']],
  ['[^]', ['a'], ['', 'aa']],
  ['[a\\]b]', ['a', ']', 'b'], ['\\']],
  ['[\\^a]', ['^', 'a'], ['b']],
  ['[a-]b]', ['a', '^', ']', 'b'], ['c', 'ab]']],
  ['[ab', ['a', 'b'], ['[ab', 'c']],
  ['[a-', ['a', '-'], ['b']],
  ['[', [], ['[', '']],
  ['\\*', ['*'], ['a', '\\*']],
  ['\\a', ['a'], ['\\a']],
  ['a\\', ['a\\'], ['a']],
  ['*é?', ['éa', 'xéa'], ['é', 'éé']],
  ['[é]', [], ['é']],
  ['[é][é]', ['é'], ['e']],
  ['a.c', ['a.c'], ['abc']],
  ['(a|b)+$', ['(a|b)+$'], ['a']],
])('%j', (pattern, fits, other) => {
  const matches = glob(pattern)
  for (const text of fits) expect(matches(text), text).toBe(true)
  for (const text of other) expect(matches(text), text).toBe(false)
})

/** A pattern in pieces, and whether a text of bytes fits them: by trying everything. */
type Piece =
  | { readonly is: 'star' }
  | { readonly is: 'byte'; readonly said: string; readonly takes: (c: string) => boolean }

function fits(pieces: readonly Piece[], text: string): boolean {
  const [piece, ...rest] = pieces
  if (!piece) return text === ''
  if (piece.is === 'star') return fits(rest, text) || (text !== '' && fits(pieces, text.slice(1)))
  return text !== '' && piece.takes(text.charAt(0)) && fits(rest, text.slice(1))
}

const letter = fc.constantFrom('a', 'b', 'c', 'd', '-', '*', '?', '[', ']', '\\', '^', '.')
const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.constant<Piece>({ is: 'star' }),
  fc.constant<Piece>({ is: 'byte', said: '?', takes: () => true }),
  letter.map((c): Piece => ({ is: 'byte', said: `\\${c}`, takes: (found) => found === c })),
  fc.constantFrom('a', 'b', 'c').map((c): Piece => ({ is: 'byte', said: c, takes: (found) => found === c })),
  fc
    .tuple(fc.boolean(), fc.array(letter, { maxLength: 3 }), fc.option(fc.tuple(letter, letter)))
    .map(([not, letters, range]): Piece => {
      const [low = '', high = ''] = range?.toSorted() ?? []
      const some = letters.map((c) => `\\${c}`).join('')
      // What begins a range stands for itself unless it is a backslash or a closing bracket.
      const ranged = range && !/[\\\]^]/.test(range[0]) ? `${range[0]}-${range[1]}` : ''
      return {
        is: 'byte',
        said: `[${not ? '^' : ''}${some}${ranged}]`,
        takes: (c) =>
          (letters.some((each) => each === c) || (ranged !== '' && low <= c && c <= high)) !== not,
      }
    }),
)

test('any pattern finds what trying everything finds', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.array(fc.string({ unit: letter, minLength: 1, maxLength: 8 }), { maxLength: 20 }),
      (pieces, texts) => {
        const pattern = pieces.map((each) => (each.is === 'star' ? '*' : each.said)).join('')
        const matches = glob(pattern)
        for (const text of texts) expect(matches(text), `${pattern} on ${text}`).toBe(fits(pieces, text))
      },
    ),
    { numRuns: 2_000 },
  )
})

test('a pattern of more than a word of bytes fits from end to end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.nat(200), (length, place) => {
      const text = Array.from({ length }, (_, at) => String.fromCharCode(97 + (at % 26))).join('')
      const at = Math.min(place, length)
      expect(glob(text)(text)).toBe(true)
      expect(glob(`${text}a`)(text)).toBe(false)
      expect(glob(`${text.slice(0, at)}*${text.slice(at)}`)(`${text.slice(0, at)}!!${text.slice(at)}`)).toBe(
        true,
      )
      expect(glob('?'.repeat(length))(`${text}.`)).toBe(false)
    }),
  )
})

test.each([
  ['stars before each letter', `${'*a'.repeat(5_000)}*b`],
  ['a long run between stars', `*${'a'.repeat(10_000)}b*`],
  ['any bytes between stars', `*${'?a'.repeat(5_000)}b*`],
  ['classes between stars', `*${'[a-z]'.repeat(10_000)}[^a]*b`],
])('S1: time is linear in the text: %s', (_, pattern) => {
  const start = performance.now()
  expect(glob(pattern)('a'.repeat(300_000))).toBe(false)
  // Backtracking would look at 10,000 bytes 300,000 times over, or begin each star anew: many seconds to years.
  expect(performance.now() - start).toBeLessThan(3_000)
})
