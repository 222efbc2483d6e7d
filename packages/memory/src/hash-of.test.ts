import { expect, test } from 'vitest'
import { hashOf } from './hash-of.ts'

/** How full the fullest of 256 shelves is, where each should have 100. */
function fullest(keys: (at: number) => string, bits: (hash: number) => number): number {
  const shelves = new Uint32Array(256)
  for (let at = 0; at < 25_600; at++) {
    const shelf = bits(hashOf(keys(at))) & 255
    shelves[shelf] = (shelves[shelf] ?? 0) + 1
  }
  return Math.max(...shelves)
}

test.each<[string, (at: number) => string]>([
  ['numbers at the end', (at) => `user:${at}`],
  ['numbers in the middle', (at) => `user:${at}:profile`],
  ['long keys', (at) => `${'x'.repeat(200)}${at}`],
  ['other scripts', (at) => `用户:${String.fromCharCode(0x4e00 + (at & 0xfff))}${at >> 12}`],
])('spreads keys evenly, by its low bits as by its high ones: %s', (_, keys) => {
  expect(fullest(keys, (hash) => hash)).toBeLessThan(150)
  expect(fullest(keys, (hash) => hash >>> 24)).toBeLessThan(150)
})
