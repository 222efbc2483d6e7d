import { describe, expect, test } from 'vitest'
import { PromptError, wordsOf } from './words.ts'

const texts = (line: string) => wordsOf(line).map((word) => word.text)

describe('words of a line', () => {
  test('are parted by blanks', () => expect(texts('  set hello\t world ')).toEqual(['set', 'hello', 'world']))
  test('an empty line has none', () => expect(wordsOf('  ')).toEqual([]))
  test('quotes hold blanks', () => expect(texts(`set a "b c" 'd e'`)).toEqual(['set', 'a', 'b c', 'd e']))
  test('quotes may hold nothing', () => expect(texts(`set a ""`)).toEqual(['set', 'a', '']))
  test('double quotes know escapes', () => expect(texts('"a\\n\\"\\x41\\\\"')).toEqual(['a\n"A\\']))
  test('single quotes know one', () => expect(texts(`'a\\n\\'b'`)).toEqual([`a\\n'b`]))
  test('quotes inside a word are part of it', () => expect(texts(`it's`)).toEqual([`it's`]))
  test('a quoted word is marked', () =>
    expect(wordsOf('"nx" nx').map((word) => word.quoted)).toEqual([true, false]))
  test.each(['set "a', "set 'a", 'set "a"b', 'get "\\"'])('%s is refused', (line) =>
    expect(() => wordsOf(line)).toThrow(PromptError),
  )
})
