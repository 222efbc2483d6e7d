import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { sizeOf } from './size-of.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What one of many such texts really takes. */
function heapOf(make: (at: number) => string, encoding: BufferEncoding): number {
  const count = 20_000
  const texts: string[] = new Array(count).fill('')
  collect()
  const before = process.memoryUsage().heapUsed
  // A text from a buffer is one piece; a joined one would be a tree of its parts.
  for (let at = 0; at < count; at++) texts[at] = Buffer.from(make(at), encoding).toString(encoding)
  collect()
  return (process.memoryUsage().heapUsed - before) / texts.length
}

test.each([
  ['one byte a character', (at: number) => String(at).padEnd(100, 'x'), 1],
  ['Latin-1', (at: number) => String(at).padEnd(300, 'é'), 1],
  ['two bytes a character', (at: number) => String(at).padEnd(100, '漢'), 2],
  ['one wide character among many', (at: number) => `${String(at).padEnd(199, 'x')}漢`, 2],
  ['pairs of surrogates', (at: number) => String(at).padEnd(200, '🙂'), 2],
])('S3: the estimate of %s is within a fifth of the heap', (_, make, width) => {
  const text = make(7)
  expect(sizeOf(text)).toBe(20 + width * text.length)
  const real = heapOf(make, width === 1 ? 'latin1' : 'utf16le')
  expect(Math.abs(sizeOf(text) - real)).toBeLessThan(real / 5)
})
