import type {
  Commands,
  Driver,
  DriverCommands,
  HashCommands,
  KeyCommands,
  StringCommands,
} from '@jcache/driver'
import { expectTypeOf, test } from 'vitest'
import { hashGroup, keyGroup, type MemoryDriver, memory, memoryOf, stringGroup } from './index.ts'

test('memory offers all commands', () => {
  expectTypeOf(memory()).toEqualTypeOf<MemoryDriver<Commands>>()
  expectTypeOf(memory()).toExtend<Driver<Commands>>()
  expectTypeOf(memory().scope).toEqualTypeOf<'local'>()
})

test('memoryOf offers the commands of its groups, and no others', () => {
  const strings = memoryOf(stringGroup)()
  expectTypeOf(strings).toEqualTypeOf<MemoryDriver<StringCommands>>()
  expectTypeOf(strings).toExtend<Driver<StringCommands>>()
  expectTypeOf(strings.commands).toEqualTypeOf<DriverCommands<StringCommands>>()
  expectTypeOf(strings.commands).not.toHaveProperty('hget')

  const several = memoryOf(keyGroup, stringGroup, hashGroup)({ maxBytes: '64mb' })
  expectTypeOf(several).toEqualTypeOf<MemoryDriver<KeyCommands & StringCommands & HashCommands>>()
  expectTypeOf(several).not.toExtend<Driver<Commands>>()
})

test('local tiers answer entries at once', () => {
  expectTypeOf(memory().entries.holds('k')).toEqualTypeOf<boolean>()
})

test('options are checked', () => {
  // @ts-expect-error: no such unit
  memory({ maxBytes: '64 megabytes' })
  // @ts-expect-error: no such option
  memory({ ttl: 5 })
  // @ts-expect-error: no group
  memoryOf('string')
})
