import { conformance } from '@jcache/driver/conformance'
import { describe, test } from 'vitest'
import {
  hashGroup,
  keyGroup,
  listGroup,
  memory,
  memoryOf,
  setGroup,
  sortedSetGroup,
  stringGroup,
} from './index.ts'

describe('K6: memory', () => {
  for (const { name, run } of conformance({ create: () => memory() })) test(name, run)
})

describe('K6: all keys of memory', () => {
  for (const { name, run } of conformance({ create: () => memory(), groups: ['server'] })) test(name, run)
})

describe.each([
  ['string', stringGroup],
  ['hash', hashGroup],
  ['list', listGroup],
  ['set', setGroup],
  ['sortedSet', sortedSetGroup],
] as const)('K6: memory of keys and the group %s', (name, group) => {
  const kit = conformance({ create: () => memoryOf(keyGroup, group)(), groups: ['keys', name, 'entries'] })
  for (const { name, run } of kit) test(name, run)
})
