import type {
  Commands,
  Driver,
  DriverCommands,
  Entries,
  HashCommands,
  KeyCommands,
  ServerCommands,
  StringCommands,
} from '@jcache/driver'
import { hash } from '@jcache/driver'
import { hashGroup, keyGroup, memory, memoryOf, stringGroup } from '@jcache/memory'
import { describe, expectTypeOf, test } from 'vitest'
import type { ArrayMethods } from './array-methods.ts'
import { type Client, createClient, createClientOf } from './client.ts'
import { createHashClient, createListClient, createStringClient, type StringClient } from './narrow.ts'
import { observed } from './observed.ts'
import { prefixed } from './prefixed.ts'
import { tiered } from './tiered.ts'

type Tiny = Pick<StringCommands, 'get' | 'set'>

/** A key-value service with two commands. */
declare function tiny(): Driver<Tiny, 'shared'>

/** A driver with something of its own. */
interface Special<Methods> extends Driver<Methods, 'shared'> {
  readonly entries: Entries
  special(): void
}
declare function special(): Special<Commands>

/** A driver made by an author who wrote no Driver type. */
declare function untold(): { name: string; scope: 'shared'; commands: DriverCommands<Tiny> }

/** A driver whose commands are written out, by no derived type. */
declare function written(): {
  name: string
  scope: 'shared'
  commands: { get(key: string): string | null; set(key: string, value: string): boolean }
}

declare function anywhere(): Driver<Commands>

describe('K4: what truth offers decides what the client has', () => {
  test('truth is the farthest shared tier', () => {
    const client = createClient([memory(), tiny()])
    expectTypeOf(client).toEqualTypeOf<Client<Tiny>>()
    // @ts-expect-error: tiny has no hashes
    void client.hincrby
    // @ts-expect-error: nor lists
    void client.push
    expectTypeOf(client.get('k')).resolves.toEqualTypeOf<string | null>()
  })

  test('a backup offers nothing more', () => {
    expectTypeOf(createClient([tiny(), memory()])).toEqualTypeOf<Client<Tiny>>()
    expectTypeOf(createClient([memory(), tiny(), memory()])).toEqualTypeOf<Client<Tiny>>()
  })

  test('without a shared tier it is the farthest', () => {
    const strings = memoryOf(keyGroup, stringGroup)()
    const client = createClient([memory(), strings])
    expectTypeOf(client.set('k', 'v')).resolves.toEqualTypeOf<boolean>()
    // @ts-expect-error: strings have no hashes
    void client.hget
    expectTypeOf(createClient([strings, memory()])).toEqualTypeOf<Client<Commands> & ArrayMethods>()
  })

  test('with all commands it is a Client of Commands, with the methods of arrays', () => {
    expectTypeOf(createClient([memory()])).toEqualTypeOf<Client<Commands> & ArrayMethods>()
    expectTypeOf(createClient([memory(), special()])).toEqualTypeOf<Client<Commands> & ArrayMethods>()
    expectTypeOf(createClient([memory()]).zrange('k', 0, -1, { withScores: true })).resolves.toEqualTypeOf<
      [member: string, score: number][]
    >()
  })

  test('also through interfaces that extend Driver, spreads and decorators', () => {
    const named = { ...special(), name: 'other' }
    expectTypeOf(createClient([memory(), named])).toEqualTypeOf<Client<Commands> & ArrayMethods>()
    const wrapped = { ...tiny(), commands: { ...tiny().commands } }
    expectTypeOf(createClient([memory(), wrapped]).get('k')).resolves.toEqualTypeOf<string | null>()
    expectTypeOf(createClient([memory(), untold()])).toEqualTypeOf<Client<Tiny>>()
    expectTypeOf(createClient([memory(), prefixed(tiny(), 'app:')])).toEqualTypeOf<Client<Tiny>>()
    expectTypeOf(createClient([prefixed(memory(), 'app:')])).toEqualTypeOf<
      Client<Omit<Commands, keyof ServerCommands>> & ArrayMethods
    >()
    expectTypeOf(createClient([observed(memory(), () => {})])).toEqualTypeOf<
      Client<Commands> & ArrayMethods
    >()
  })

  test('also where the commands are written out', () => {
    const client = createClient([written()])
    expectTypeOf(client.get).parameters.toEqualTypeOf<[key: string]>()
    expectTypeOf(client.get('k')).resolves.toEqualTypeOf<string | null>()
    // @ts-expect-error: it has no hashes
    void client.hget
  })

  test('of an unknown scope only what all tiers have is sure', () => {
    const client = createClient([memory(), anywhere(), tiny()])
    expectTypeOf(client.get('k')).resolves.toEqualTypeOf<string | null>()
    // @ts-expect-error: tiny may be the truth
    void client.hget
  })

  test('no tiers, no client', () => {
    // @ts-expect-error: at least one
    void (() => createClient([]))
    // @ts-expect-error: in a list
    void (() => createClient(memory()))
    // @ts-expect-error: there is no such option
    void (() => createClient([memory()], { nearTTL: 5 }))
  })
})

describe('narrow clients take drivers that offer their group', () => {
  test('others are refused', () => {
    expectTypeOf(createStringClient([memoryOf(keyGroup, stringGroup)()])).toEqualTypeOf<StringClient>()
    expectTypeOf(createHashClient([memory(), special()]).hget('k', 'f')).resolves.toEqualTypeOf<
      string | null
    >()
    // @ts-expect-error: tiny has no keys
    void (() => createStringClient([memory(), tiny()]))
    // @ts-expect-error: one tier has no hashes
    void (() => createHashClient([memoryOf(keyGroup, stringGroup)(), memory()]))
    // @ts-expect-error: no lists
    void (() => createListClient([memory(), memoryOf(keyGroup, hashGroup)()]))
    // @ts-expect-error: at least one
    void (() => createStringClient([]))
  })

  test('createClientOf: a table and a driver that has its commands', () => {
    const client = createClientOf(hash, memory())
    expectTypeOf(client).toEqualTypeOf<Client<HashCommands>>()
    expectTypeOf(createClientOf(hash, tiered([memory(), tiny()]))).toEqualTypeOf<Client<HashCommands>>()
    // @ts-expect-error: strings have no hashes
    void (() => createClientOf(hash, memoryOf(stringGroup)()))
    expectTypeOf<StringClient>().toEqualTypeOf<Client<KeyCommands & StringCommands>>()
  })
})

describe('T9: explain takes the arguments of the command', () => {
  test('and answers what it answers', () => {
    const client = createClient([memory()])
    expectTypeOf(client.explain('hget', 'k', 'f'))
      .resolves.toHaveProperty('answer')
      .toEqualTypeOf<string | null>()
    // @ts-expect-error: the field is missing
    void (() => client.explain('hget', 'k'))
    // @ts-expect-error: no such command
    void (() => client.explain('nope'))
  })
})
