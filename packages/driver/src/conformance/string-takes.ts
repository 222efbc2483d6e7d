import type { StringCommands } from '../commands/string.ts'
import type { Cases } from './case.ts'
import { expectEqual } from './equal.ts'
import { near, nearInstant } from './near.ts'

/** Cases of the commands that answer the text and change the key. */
export const stringTakeCases: Cases<Pick<StringCommands, 'getset' | 'getdel' | 'getex'>> = {
  getset: [
    {
      says: 'sets the text and answers the old one',
      given: 'old',
      args: ['new'],
      answers: 'old',
      leaves: 'new',
    },
    { says: 'sets the text without key', args: ['new'], answers: null, leaves: 'new' },
    { says: 'tells an empty old text from none', given: '', args: ['new'], answers: '', leaves: 'new' },
    { says: 'refuses a list', given: ['a'], args: ['new'], fails: 'WRONG_TYPE' },
    {
      says: 'takes the expiry from the key',
      run: async (c, k) => {
        await c.set(k, 'old', { ttl: '1h' })
        return [await c.getset(k, 'new'), await c.ttl(k)]
      },
      answers: ['old', Infinity],
      leaves: 'new',
    },
    {
      says: 'hands the text on among many at once',
      given: '0',
      run: async (c, k) => {
        const old = await Promise.all(['1', '2', '3', '4'].map((text) => c.getset(k, text)))
        return [...old, await c.get(k)].sort()
      },
      answers: ['0', '1', '2', '3', '4'],
    },
  ],
  getdel: [
    { says: 'removes the key and answers its text', given: 'text', args: [], answers: 'text', leaves: null },
    { says: 'tells an empty text from none', given: '', args: [], answers: '', leaves: null },
    { says: 'answers null without key', args: [], answers: null, leaves: null },
    { says: 'refuses a hash', given: { f: 'text' }, args: [], fails: 'WRONG_TYPE' },
    {
      says: 'gives the text to one of many at once',
      given: 'text',
      run: async (c, k) => {
        const texts = await Promise.all([c.getdel(k), c.getdel(k), c.getdel(k)])
        return texts.filter((text) => text !== null)
      },
      answers: ['text'],
      leaves: null,
    },
  ],
  getex: [
    {
      says: 'answers the text and leaves the expiry without options',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1h' })
        return [await c.getex(k), near(await c.ttl(k), 3_600_000)]
      },
      answers: ['text', 'near'],
      leaves: 'text',
    },
    {
      says: 'takes a ttl',
      given: 'text',
      run: async (c, k) => [await c.getex(k, { ttl: '1h' }), near(await c.ttl(k), 3_600_000)],
      answers: ['text', 'near'],
      leaves: 'text',
    },
    {
      says: 'takes an instant',
      given: 'text',
      run: async (c, k) => [
        await c.getex(k, { at: new Date(Date.now() + 3_600_000) }),
        nearInstant(await c.ttl(k), 3_600_000),
      ],
      answers: ['text', 'near'],
      leaves: 'text',
    },
    {
      says: 'removes the key when the instant is past',
      given: 'text',
      args: [{ at: 1 }],
      answers: 'text',
      leaves: null,
    },
    { says: 'takes 1970 for past', given: 'text', args: [{ at: 0 }], answers: 'text', leaves: null },
    {
      says: 'takes the expiry from the key with persist',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1h' })
        return [await c.getex(k, { persist: true }), await c.ttl(k)]
      },
      answers: ['text', Infinity],
      leaves: 'text',
    },
    {
      says: 'takes persist without expiry',
      given: 'text',
      args: [{ persist: true }],
      answers: 'text',
      leaves: 'text',
    },
    {
      says: 'takes options that are off',
      given: 'text',
      args: [{ persist: false }],
      answers: 'text',
      leaves: 'text',
    },
    { says: 'answers null without key', args: [{ ttl: '1h' }], answers: null, leaves: null },
    {
      says: 'refuses a list, whose expiry stays',
      given: ['a'],
      run: async (c, k) => {
        await c.getex(k, { ttl: '1h' }).catch(() => {})
        expectEqual(await c.ttl(k), Infinity, 'ttl answered')
        return c.getex(k)
      },
      fails: 'WRONG_TYPE',
    },
  ],
}
