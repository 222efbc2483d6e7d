import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { expect, test } from 'vitest'
import { Screen } from '../screen.ts'
import { Session } from './session.ts'

async function transcript(...lines: readonly string[]): Promise<string> {
  const out = new PassThrough()
  let shown = ''
  out.on('data', (chunk) => {
    shown += chunk
  })
  const client = createClient([memory({ name: 'near' }), memory({ name: 'far' })])
  const session = new Session({ screen: new Screen(out), client })
  for (const line of lines) await session.run(line)
  await client.close()
  return stripVTControlCharacters(shown)
}

test('a reply comes with the call in code, the tier that answered, and the time', async () => {
  const shown = await transcript('set hello world ttl 5m', 'get hello')
  expect(shown).toContain("await client.set('hello', 'world', { ttl: '5m' })\ntrue\nfar, ")
  expect(shown).toMatch(/"world"\n(near|far), [\d.]+ ms/)
})

test('replies are laid out by their kind', async () => {
  const shown = await transcript(
    'rpush q a b',
    'lrange q 0 -1',
    'hset h first 1 f 2',
    'hgetall h',
    'zadd z ann 1.5',
    'zrange z 0 -1 withScores',
    'get none',
    'hgetall none',
    'lrange none 0 1',
    'mset a 1',
  )
  for (const part of [
    '1) "a"\n2) "b"',
    '"first"  "1"\n"f"      "2"',
    '1) "ann"  1.5',
    '\nnull\n',
    '(no fields)',
    '(empty list)',
    '\ndone\n',
  ])
    expect(shown).toContain(part)
})

test('what terminals obey is never shown raw', async () => {
  const shown = await transcript('set k "\\x1b[31m\\x9b0m\\n"', 'get k')
  expect(shown).toContain('"\\u001b[31m\\u009b0m\\n"')
})

test('errors show code and message, and how the command is typed', async () => {
  const shown = await transcript('rpush q a', 'get q', 'expire q soon', 'set k', 'nonsense', 'get "a')
  expect(shown).toMatch(/WRONG_TYPE: .*q/)
  expect(shown).toMatch(/INVALID_ARGUMENT: .*"soon"\nIt is typed so: expire key ttl/)
  expect(shown).toContain('Too few words: at least 2 must follow the command.')
  expect(shown).toContain('There is no command "nonsense"')
  expect(shown).toContain('A quote is not closed')
})

test('a wait can be interrupted', async () => {
  const out = new PassThrough().resume()
  const client = createClient([memory()])
  const session = new Session({ screen: new Screen(out), client })
  expect(session.interrupt()).toBe(false)
  const waiting = session.run('blpop q 0')
  expect(session.interrupt()).toBe(true)
  expect(await waiting).toBe(true)
  expect(session.interrupt()).toBe(false)
  await client.close()
})

test('exit ends the prompt', async () => {
  const client = createClient([memory()])
  const session = new Session({ screen: new Screen(new PassThrough()), client })
  expect(await session.run('exit')).toBe(false)
  expect(await session.run('')).toBe(true)
  await client.close()
})
