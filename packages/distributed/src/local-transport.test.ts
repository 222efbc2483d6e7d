import { expect, test } from 'vitest'
import { localNetwork } from './local-transport.ts'
import type { Message } from './message.ts'

function numbered(term: number): Message {
  return { kind: 'fenced', term }
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

test('messages come in the next turn, in order, and only to the life that they are for', async () => {
  const network = localNetwork()
  const heard: [string, number][] = []
  let life = 'b~0'
  const a = await network.open(() => 'a~0', { message: () => {}, dead: () => {} })
  await network.open(() => life, {
    message: (from, { term }) => void heard.push([from, term]),
    dead: () => {},
  })
  for (let term = 1; term <= 3; term++) a.send('b~0', numbered(term))
  expect(heard).toEqual([])
  await turn()
  expect(heard).toEqual([
    ['a~0', 1],
    ['a~0', 2],
    ['a~0', 3],
  ])
  life = 'b~1'
  a.send('b~0', numbered(4))
  a.send('b~1', numbered(5))
  a.send('c~0', numbered(6))
  await turn()
  expect(heard.at(-1)).toEqual(['a~0', 5])
  expect(a.status()).toMatchObject({ dropped: 2, sent: { messages: 4 } })
})

test('who is closed says its last words, hears nothing and says nothing', async () => {
  const network = localNetwork()
  const heard: number[] = []
  const a = await network.open(() => 'a~0', {
    message: (_, { term }) => void heard.push(-term),
    dead: () => {},
  })
  const b = await network.open(() => 'b~0', {
    message: (_, { term }) => void heard.push(term),
    dead: () => {},
  })
  a.send('b~0', numbered(1))
  await a.close()
  a.send('b~0', numbered(2))
  b.send('a~0', numbered(3))
  await turn()
  expect(heard).toEqual([1])
  const again = await network.open(() => 'a~0', { message: () => {}, dead: () => {} })
  await a.close()
  again.send('b~0', numbered(4))
  await turn()
  expect(heard).toEqual([1, 4])
})
