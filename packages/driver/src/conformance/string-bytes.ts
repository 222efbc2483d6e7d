import type { StringCommands } from '../commands/string.ts'
import type { Cases } from './case.ts'
import { near } from './near.ts'

/** Cases of the commands that count the bytes of a text. */
export const stringByteCases: Cases<Pick<StringCommands, 'strlen' | 'append' | 'getrange' | 'setrange'>> = {
  strlen: [
    { says: 'counts the bytes of the text', given: 'text', args: [], answers: 4 },
    { says: 'counts what UTF-8 takes', given: 'aé漢😀', args: [], answers: 10 },
    { says: 'answers 0 for an empty text', given: '', args: [], answers: 0 },
    { says: 'answers 0 without key', args: [], answers: 0, leaves: null },
    { says: 'refuses a hash', given: { f: 'text' }, args: [], fails: 'WRONG_TYPE' },
  ],
  append: [
    { says: 'adds behind the text', given: 'Hello', args: [' World'], answers: 11, leaves: 'Hello World' },
    { says: 'sets the text without key', args: ['text'], answers: 4, leaves: 'text' },
    { says: 'counts bytes', given: 'é', args: ['漢'], answers: 5, leaves: 'é漢' },
    { says: 'adds an empty text', given: 'text', args: [''], answers: 4, leaves: 'text' },
    { says: 'makes a key of an empty text', args: [''], answers: 0, leaves: '' },
    { says: 'makes a text of a number', given: '5', args: ['0'], answers: 2, leaves: '50' },
    { says: 'refuses a list', given: ['a'], args: ['b'], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      run: async (c, k) => {
        await c.set(k, 'a', { ttl: '1h' })
        return [await c.append(k, 'b'), near(await c.ttl(k), 3_600_000)]
      },
      answers: [2, 'near'],
      leaves: 'ab',
    },
    {
      says: 'loses none of many at once',
      run: async (c, k) => {
        const lengths = await Promise.all(Array.from({ length: 50 }, () => c.append(k, 'ab')))
        return lengths.sort((left, right) => left - right).at(-1)
      },
      answers: 100,
      leaves: 'ab'.repeat(50),
    },
  ],
  getrange: [
    {
      says: 'answers from start to end, both included',
      given: 'This is a text',
      args: [5, 6],
      answers: 'is',
    },
    { says: 'counts below zero from the end', given: 'This is a text', args: [-4, -2], answers: 'tex' },
    { says: 'answers all from 0 to -1', given: 'text', args: [0, -1], answers: 'text' },
    { says: 'ends at the ends of the text', given: 'text', args: [-99, 99], answers: 'text' },
    { says: 'answers nothing from beyond the end', given: 'text', args: [4, 9], answers: '' },
    { says: 'answers nothing where start is after end', given: 'text', args: [2, 1], answers: '' },
    {
      says: 'answers nothing where start is after end, from the end',
      given: 'text',
      args: [-1, -3],
      answers: '',
    },
    {
      says: 'takes an end before the start of the text for its first byte',
      given: 'text',
      args: [0, -99],
      answers: 't',
    },
    {
      says: 'answers nothing where both lie before it, turned round',
      given: 'text',
      args: [-98, -99],
      answers: '',
    },
    { says: 'takes both before it for its first byte', given: 'text', args: [-99, -98], answers: 't' },
    { says: 'answers nothing of an empty text', given: '', args: [0, -1], answers: '' },
    { says: 'answers nothing of an empty text, from the end', given: '', args: [-2, -1], answers: '' },
    { says: 'counts bytes', given: 'aé漢😀z', args: [1, 5], answers: 'é漢' },
    { says: 'counts bytes from the end', given: 'aé漢😀z', args: [-5, -1], answers: '😀z' },
    { says: 'shows what is left of a cut character', given: 'aéz', args: [0, 1], answers: 'a\ufffd' },
    {
      says: 'shows what is left of characters cut at both ends',
      given: 'é漢',
      args: [1, 3],
      answers: '\ufffd\ufffd',
    },
    { says: 'keeps a byte order mark', given: '\ufeffa', args: [0, -1], answers: '\ufeffa' },
    { says: 'answers nothing without key', args: [0, -1], answers: '', leaves: null },
    { says: 'refuses a sorted set', given: { m: 1 }, args: [0, -1], fails: 'WRONG_TYPE' },
  ],
  setrange: [
    {
      says: 'writes over the text',
      given: 'Hello World',
      args: [6, 'Redis'],
      answers: 11,
      leaves: 'Hello Redis',
    },
    { says: 'writes within the text', given: 'abcdef', args: [1, 'XY'], answers: 6, leaves: 'aXYdef' },
    { says: 'writes beyond the end', given: 'abc', args: [2, 'XY'], answers: 4, leaves: 'abXY' },
    { says: 'fills a gap with NULs', given: 'a', args: [3, 'b'], answers: 4, leaves: 'a\0\0b' },
    { says: 'fills from the start without key', args: [2, 'b'], answers: 3, leaves: '\0\0b' },
    { says: 'counts bytes', given: 'é漢z', args: [2, '字'], answers: 6, leaves: 'é字z' },
    {
      says: 'writes characters of other sizes',
      given: 'é漢z',
      args: [2, 'abc'],
      answers: 6,
      leaves: 'éabcz',
    },
    { says: 'writes nothing without a value', given: 'text', args: [9, ''], answers: 4, leaves: 'text' },
    { says: 'makes no key without a value', args: [0, ''], answers: 0, leaves: null },
    { says: 'refuses more than 512 MB', given: 'text', args: [2 ** 29, 'x'], fails: 'OUT_OF_RANGE' },
    { says: 'refuses a hash', given: { f: 'text' }, args: [0, 'a'], fails: 'WRONG_TYPE' },
    { says: 'refuses a hash without a value too', given: { f: 'text' }, args: [0, ''], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      run: async (c, k) => {
        await c.set(k, 'a', { ttl: '1h' })
        return [await c.setrange(k, 0, 'b'), near(await c.ttl(k), 3_600_000)]
      },
      answers: [1, 'near'],
      leaves: 'b',
    },
  ],
}
