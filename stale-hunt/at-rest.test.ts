import type { Entry } from '@jcache/driver'
import { expect, test } from 'vitest'
import { wrongCopy } from './at-rest.ts'

const text = (value: string, expiresAt: number | null = null): Entry => ({ type: 'string', value, expiresAt })
const soon = Date.now() + 60_000

test('no copy, or one of what the key holds, is right', () => {
  expect(wrongCopy(null, text('a'))).toBe(undefined)
  expect(wrongCopy(text('a'), text('a'))).toBe(undefined)
  expect(wrongCopy(text('a', soon), text('a'))).toBe(undefined)
  expect(wrongCopy(text('a', soon - 1), text('a', soon))).toBe(undefined)
  expect(wrongCopy(text('a', Date.now() - 1), null)).toBe(undefined)
  const set = (value: string[]): Entry => ({ type: 'set', value, expiresAt: null })
  expect(wrongCopy(set(['a', 'b']), set(['b', 'a']))).toBe(undefined)
})

test('a copy of something else, of nothing, or one that lives longer is wrong', () => {
  const list = (value: string[]): Entry => ({ type: 'list', value, expiresAt: null })
  expect(wrongCopy(list(['a', 'b']), list(['b', 'a']))).toContain('the key holds')
  expect(wrongCopy(text('a'), text('b'))).toContain('the key holds string b')
  expect(wrongCopy(text('a'), null)).toContain('no key')
  expect(wrongCopy(text('a', soon), null)).toContain('no key')
  expect(wrongCopy(text('a', soon + 100), text('a', soon))).toContain('expires')
  expect(wrongCopy(text('a'), text('a', soon))).toContain('expires')
})
