import type { Entries } from '../entry.ts'
import { expectContent } from './case.ts'
import type { Check } from './check.ts'
import { type Content, contentsOf, put, typeOf } from './content.ts'
import { entryOf, unordered, whole } from './entry-of.ts'
import { expectEqual, Unmet } from './equal.ts'
import { NotOffered } from './not-offered.ts'
import type { Subject } from './subject.ts'

const LIMIT = 1_000_000

/** A driver with entries moves whole keys out and in again, each type, with its expiry. */
export function entriesChecks(): Check[] {
  return [
    ...onEach('dump answers the whole key', async (entries, key, content) => {
      expectEqual(unordered(await entries.dump(key, LIMIT)), unordered(entryOf(content)), 'dump answered')
    }),
    ...onEach('load makes the key again', async (entries, key, content, subject) => {
      const entry = entryOf(content)
      await entries.load(`${key}copy`, entry)
      await expectContent(subject, `${key}copy`, content)
      expectEqual(await subject.commands.ttl(`${key}copy`), Infinity, 'ttl answered')
    }),
    ...onEach('load replaces what the key holds, and its expiry', async (entries, key, content, subject) => {
      const { commands: c } = subject
      for (const old of contentsOf(subject)) {
        const own = `${key}${typeOf(old)}`
        await put(c, own, old)
        await c.expire(own, '1h')
        await entries.load(own, entryOf(content))
        await expectContent(subject, own, content)
        expectEqual(await c.ttl(own), Infinity, 'ttl answered')
      }
    }),
    ...onEach(
      'the expiry goes with the key and is not made longer',
      async (entries, key, content, subject) => {
        const { commands: c } = subject
        const before = Date.now()
        await c.expire(key, '1h')
        const entry = whole(await entries.dump(key, LIMIT))
        const { expiresAt } = entry
        const early = before + 3_600_000 - 1_000
        if (expiresAt === null || expiresAt < early || expiresAt > Date.now() + 3_600_000)
          throw new Unmet(
            `expiresAt is ${expiresAt}, wanted about ${before + 3_600_000}`,
            before + 3_600_000,
            expiresAt,
          )
        await entries.load(`${key}copy`, entry)
        const [source, copy] = [await c.ttl(key), await c.ttl(`${key}copy`)]
        if (copy === null || copy > 3_600_000 || copy < 3_590_000)
          throw new Unmet(`the copy has ${copy} ms left, the source ${source}`, source, copy)
        await expectContent(subject, `${key}copy`, content)
      },
    ),
    ...onEach('load with a past expiry removes the key', async (entries, key, content, subject) => {
      await entries.load(key, { ...entryOf(content), expiresAt: Date.now() - 1_000 })
      await expectContent(subject, key, null)
      expectEqual(await entries.holds(key), false, 'holds answered')
    }),
    ...onEach('dump tells what is too big', async (entries, key) => {
      expectEqual(await entries.dump(key, 3), 'too-big', 'dump answered')
      expectEqual(await entries.dump(key, 0), 'too-big', 'dump answered')
    }),
    ...onEach('drop removes keys, and holds tells', async (entries, key, _, subject) => {
      expectEqual(await entries.holds(key), true, 'holds answered')
      await entries.drop([`${key}missing`, key])
      expectEqual(await entries.holds(key), false, 'holds answered')
      expectEqual(await entries.dump(key, LIMIT), null, 'dump answered')
      await expectContent(subject, key, null)
    }),
    ...onEach(
      'scan answers each key once, with its entry',
      async (entries, key, content, { commands: c }) => {
        const keys = [key, ...Array.from({ length: 25 }, (_, n) => key + n)]
        for (const each of keys.slice(1)) await put(c, each, content)
        const found: string[] = []
        for await (const [each, entry] of entries.scan()) {
          if (!each.startsWith(key)) continue
          found.push(each)
          expectEqual(unordered(entry), unordered(entryOf(content)), 'scan answered')
        }
        expectEqual(found.sort(), keys.sort(), 'scan answered the keys')
      },
    ),
    rule('scan and clear go by a prefix, literally', async (entries, key, { commands: c }) => {
      for (const prefix of ['a*', 'ab', 'a?', '[a', '\\', '__proto__'])
        await c.set(`${key}${prefix}:1`, prefix)
      const found = async (prefix: string) => {
        const keys: string[] = []
        for await (const [each] of entries.scan(key + prefix)) keys.push(each.slice(key.length))
        return keys.sort()
      }
      expectEqual(await found('a*'), ['a*:1'], 'scan of a* answered the keys')
      expectEqual(await found('[a'), ['[a:1'], 'scan of [a answered the keys')
      expectEqual(await found('\\'), ['\\:1'], 'scan of a backslash answered the keys')
      expectEqual(await found('none'), [], 'scan of what no key begins with answered the keys')
      await entries.clear(`${key}a?`)
      expectEqual(await found('a'), ['a*:1', 'ab:1'], 'after clear, scan answered the keys')
      await entries.clear(key)
      expectEqual(await found(''), [], 'after clear, scan answered the keys')
    }),
    rule('age counts from the load, where it is known', async (entries, key, { commands: c }) => {
      if (!entries.age) throw new NotOffered('offers no age')
      expectEqual(entries.age(key), null, 'without key, age answered')
      await c.set(key, 'text')
      expectEqual(entries.age(key), null, 'of what was not loaded, age answered')
      await entries.load(key, entryOf('copy'))
      const age = entries.age(key)
      if (age === null || age < 0 || age > 10_000)
        throw new Unmet(`age answered ${age} after load, wanted little`, 0, age)
    }),
    rule('a text is too big from one character above the limit', async (entries, key, subject) => {
      await subject.commands.set(key, '12345')
      expectEqual(await entries.dump(key, 4), 'too-big', 'dump answered')
      expectEqual(await entries.dump(key, 5), entryOf('12345'), 'dump answered')
    }),
    rule('an empty text is an entry', async (entries, key, subject) => {
      await subject.commands.set(key, '')
      expectEqual(await entries.dump(key, LIMIT), entryOf(''), 'dump answered')
      await entries.load(`${key}copy`, entryOf(''))
      expectEqual(await subject.commands.get(`${key}copy`), '', 'get answered')
    }),
    rule('an empty collection is no key', async (entries, key, subject) => {
      await subject.commands.rpush(key, 'a')
      await entries.load(key, { type: 'list', value: [], expiresAt: null })
      await expectContent(subject, key, null)
    }),
    rule('scores and their order survive', async (entries, key, { commands: c }) => {
      const members: [string, number][] = [
        ['d', -Infinity],
        ['c', 5e-324],
        ['b', 0.1 + 0.2],
        ['e', 2 ** 53],
        ['a', Infinity],
      ]
      await c.zadd(key, members)
      const entry = whole(await entries.dump(key, LIMIT))
      expectEqual(entry.value, members, 'dump answered the value')
      await entries.load(`${key}copy`, entry)
      expectEqual(await c.zrange(`${key}copy`, 0, -1, { withScores: true }), members, 'the copy holds')
      expectEqual(await c.zrank(`${key}copy`, 'b'), 2, 'zrank in the copy answered')
    }),
    rule('awkward names survive', async (entries, key, { commands: c }) => {
      await c.hset(key, [
        ['__proto__', 'a'],
        ['', '\u{1f600}'],
        ['\0', '\uffff'],
      ])
      await entries.load(`${key}copy`, whole(await entries.dump(key, LIMIT)))
      expectEqual(await c.hgetall(`${key}copy`), await c.hgetall(key), 'the copy holds')
    }),
    rule('without key there is no entry', async (entries, key) => {
      expectEqual(await entries.dump(key, LIMIT), null, 'dump answered')
      expectEqual(await entries.holds(key), false, 'holds answered')
      await entries.drop([key])
      await entries.drop([])
    }),
    rule('a copy stands alone', async (entries, key, { commands: c }) => {
      await c.rpush(key, 'a', 'b')
      const entry = whole(await entries.dump(key, LIMIT))
      await c.rpush(key, 'c')
      await entries.load(`${key}copy`, entry)
      await c.lpop(`${key}copy`)
      expectEqual(entry.value, ['a', 'b'], 'the entry holds')
      expectEqual(await c.lrange(key, 0, -1), ['a', 'b', 'c'], 'the source holds')
    }),
  ]
}

type Run = (entries: Entries, key: string, subject: Subject) => Promise<void>

function rule(says: string, run: Run): Check {
  return {
    name: `entries: ${says}`,
    run: (subject, key) => {
      const entries = subject.driver?.entries
      if (!entries) throw new NotOffered('offers no entries')
      return run(entries, key, subject)
    },
  }
}

function onEach(
  says: string,
  run: (entries: Entries, key: string, content: Content, subject: Subject) => Promise<void>,
): Check[] {
  return (['string', 'list', 'set', 'hash', 'zset'] as const).map((type) =>
    rule(`${says} (${type})`, async (entries, key, subject) => {
      const content = contentsOf(subject).find((each) => typeOf(each) === type)
      if (!content) throw new NotOffered(`offers no ${type}`)
      await put(subject.commands, key, content)
      await run(entries, key, content, subject)
    }),
  )
}
