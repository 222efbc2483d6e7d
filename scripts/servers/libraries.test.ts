import { expect, test } from 'vitest'
import { packagesOf } from './libraries.ts'

test.each([
  ['libjemalloc.so.2', 'libjemalloc2'],
  ['liblua5.1.so.0', 'liblua5.1-0'],
  ['libhiredis.so.0.14', 'libhiredis0.14'],
  ['liblz4.so.1', 'liblz4-1'],
  ['libssl.so.3', 'libssl3t64'],
])('%s may be in %s', (library, name) => {
  expect(packagesOf(library)).toContain(name)
})
