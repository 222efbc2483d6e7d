import { memory } from '@jcache/memory'
import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import { createListClient } from './narrow.ts'

test.each([
  ['createClient', () => createClient([memory()])],
  ['createListClient', () => createListClient([memory()])],
] as const)('%s: lists have the methods of arrays, with the same meaning', async (_, create) => {
  const client = create()
  const array: string[] = []
  const same = async () => expect(await client.lrange('list', 0, -1)).toEqual(array)

  expect(await client.push('list', 'c', 'd')).toBe(array.push('c', 'd'))
  await same()
  expect(await client.unshift('list', 'a', 'b')).toBe(array.unshift('a', 'b'))
  await same()
  expect(array[0]).toBe('a')
  expect(await client.pop('list')).toBe(array.pop())
  await same()
  expect(await client.shift('list')).toBe(array.shift())
  await same()
  await client.del('list')
  expect([await client.pop('list'), await client.shift('list')]).toEqual([null, null])
  await expect(client.push('list')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
})
