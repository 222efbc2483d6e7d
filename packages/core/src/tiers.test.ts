import { CacheError, type Commands, type Driver } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { type Faulty, faulty, settled } from './faulty.fixture.ts'

/** A tier, and what stands behind it where it is shared. */
interface Built {
  readonly driver: Driver
  readonly behind: Driver
  readonly shared: Faulty<Commands> | undefined
}

/** The tiers named: `L` local, `S` shared. */
function build(names: string): [Built, ...Built[]] {
  const [first, ...rest] = names.split(' ').map((place, at): Built => {
    const local = memory({ name: `${place}${at}` })
    const shared = place === 'S' ? faulty(local, { name: `${place}${at}` }) : undefined
    return { driver: shared ?? local, behind: local, shared }
  })
  if (!first) throw new Error('no tiers')
  return [first, ...rest]
}

function clientOver([first, ...rest]: readonly [Built, ...Built[]]) {
  return createClient([first.driver, ...rest.map(({ driver }) => driver)])
}

describe('§4: truth is the farthest shared tier, without one the farthest', () => {
  test.each([
    ['L', 'truth'],
    ['S', 'truth'],
    ['L L', 'near truth'],
    ['L S', 'near truth'],
    ['S L', 'truth backup'],
    ['S S', 'near truth'],
    ['L L S', 'near near truth'],
    ['L S L', 'near truth backup'],
    ['L S S L', 'near near truth backup'],
    ['S L L', 'truth backup backup'],
  ])('%s: %s', (names, roles) => {
    const client = clientOver(build(names))
    expect(client.tiers.map(({ role }) => role).join(' ')).toBe(roles)
  })
})

const get = ['get', 'k'] as const
const set = ['set', 'k', 'new'] as const
const setnx = ['setnx', 'k', 'new'] as const
const del = ['del', 'k'] as const
const down = new CacheError('UNAVAILABLE', 'down')

/**
 * Under the key the tiers hold, nearest first, the texts given; `-`: nothing, `*` in front: the tier cannot be asked.
 * Then the call is answered so, shared tiers were asked so, and the texts are left.
 */
type Rule = readonly [
  rule: string,
  tiers: string,
  given: string,
  call: readonly [name: keyof Commands, ...args: unknown[]],
  answer: unknown,
  asked: string,
  left: string,
]

const rules: readonly Rule[] = [
  // One tier.
  ['T1', 'L', 'a', get, 'a', '', 'a'],
  ['T1', 'S', 'a', get, 'a', 'S0 get k', 'a'],
  ['T5', 'S', '*a', get, down, 'S0 get k', 'a'],
  ['T3', 'S', 'a', set, true, 'S0 set k', 'new'],

  // Near copies.
  ['T1', 'L S', 'a b', get, 'a', '', 'a b'],
  ['T1', 'L S', 'a *b', get, 'a', '', 'a b'],
  ['T2', 'L S', '- b', get, 'b', 'S1 dump k', 'b b'],
  ['T1', 'L S', '- -', get, null, 'S1 dump k', '- -'],
  ['T5', 'L S', '- *b', get, down, 'S1 dump k', '- b'],
  ['T3', 'L S', 'a b', set, true, 'S1 set k', 'new new'],
  ['T4', 'L S', 'a *b', set, down, 'S1 set k', '- b'],
  ['T3', 'L S', 'a b', setnx, false, 'S1 setnx k', '- b'],
  ['T3', 'L S', 'a b', del, 1, 'S1 del k', '- -'],
  ['T2', 'L L', '- b', get, 'b', '', 'b b'],
  ['T3', 'L L', 'a b', set, true, '', 'new new'],
  ['T3', 'L L', 'a b', del, 1, '', '- -'],
  ['T2', 'L L S', '- b c', get, 'b', '', 'b b c'],
  ['T2', 'L L S', '- - c', get, 'c', 'S2 dump k', 'c c c'],
  ['T3', 'L L S', 'a b c', set, true, 'S2 set k', 'new new new'],

  // Near copies in shared tiers.
  ['T1', 'S S', 'a b', get, 'a', 'S0 holds k, S0 get k, S0 holds k', 'a b'],
  ['T2', 'S S', '- b', get, 'b', 'S0 holds k, S0 dump k, S0 load k, S1 get k, S1 dump k', 'b b'],
  ['T1', 'S S', '*a b', get, 'b', 'S0 holds k, S0 dump k, S0 load k, S1 get k, S1 dump k', 'a b'],
  ['T3', 'S S', 'a b', set, true, 'S0 drop k, S1 set k', '- new'],
  ['T1', 'L S S', 'a b c', get, 'a', '', 'a b c'],
  ['T2', 'L S S', '- b c', get, 'b', 'S1 dump k', 'b b c'],
  ['T2', 'L S S', '- - c', get, 'c', 'S1 dump k, S1 load k, S2 dump k', 'c c c'],
  ['T1', 'L S S', '- *b c', get, 'c', 'S1 dump k, S1 load k, S2 dump k', 'c b c'],
  ['T3', 'L S S', 'a b c', set, true, 'S1 drop k, S2 set k', '- - new'],
  ['T3', 'L S S', 'a *b c', set, true, 'S1 drop k, S2 set k', '- b new'],
  ['T1', 'S L S', 'a b c', get, 'a', 'S0 holds k, S0 get k, S0 holds k', 'a b c'],
  ['T1', 'S L S', '- b c', get, 'b', 'S0 holds k', '- b c'],
  ['T2', 'S L S', '- - c', get, 'c', 'S0 holds k, S0 dump k, S0 load k, S2 get k, S2 dump k', 'c c c'],
  ['T2', 'L S S L', '- - c d', get, 'c', 'S1 dump k, S1 load k, S2 dump k', 'c c c c'],

  // Backups.
  ['T1', 'S L', 'a b', get, 'a', 'S0 get k, S0 dump k', 'a a'],
  ['T2', 'S L', 'a -', get, 'a', 'S0 get k, S0 dump k', 'a a'],
  ['T1', 'S L', '- b', get, null, 'S0 get k, S0 dump k', '- -'],
  ['T1', 'L S L', '- - c', get, null, 'S1 dump k', '- - -'],
  ['T1', 'S L', '*a b', get, 'b', 'S0 get k', 'a b'],
  ['T5', 'S L', '*a -', get, down, 'S0 get k', 'a -'],
  ['T3', 'S L', 'a b', set, true, 'S0 set k', 'new new'],
  ['T4', 'S L', '*a b', set, down, 'S0 set k', 'a -'],
  ['T1', 'L S L', '- *b c', get, 'c', 'S1 dump k', '- b c'],
  ['T1', 'L S L', 'a *b c', get, 'a', '', 'a b c'],
]

describe('backups', () => {
  test('T2: are filled behind the caller, and again only when the copy is old', async () => {
    let time = 1_000_000
    const now = () => time
    const truth = faulty(memory({ now }))
    const client = createClient([truth, memory({ now })], { now, nearTtl: '5s' })
    truth.behind.commands.hset('k', [['f', 'v']])
    expect(await client.hget('k', 'f')).toBe('v')
    await settled()
    expect(await client.hlen('k')).toBe(1)
    await settled()
    expect(truth.log).toEqual(['hget k', 'dump k', 'hlen k'])
    time += 5_000
    expect(await client.hget('k', 'f')).toBe('v')
    await settled()
    expect(truth.log.slice(3)).toEqual(['hget k', 'dump k'])
  })
})

describe('K4: without entries a tier is neither copied nor a copy', () => {
  test('before truth it is passed over', async () => {
    const { entries: _, ...near } = memory()
    const truth = faulty(memory())
    const client = createClient([near, truth])
    near.commands.set('k', 'own')
    truth.behind.commands.set('k', 'v')
    expect(await client.get('k')).toBe('v')
    expect(await client.mget('k')).toEqual(['v'])
    expect(client.peek('k')).toBe(undefined)
    await client.set('k', 'new')
    expect(near.commands.get('k')).toBe('own')
    expect(truth.log).toEqual(['get k', 'mget k', 'set k'])
  })

  test('as truth it is asked itself, and only what writes carry is kept near', async () => {
    const near = memory()
    const { entries: _, ...truth } = faulty(memory())
    const client = createClient([near, truth])
    truth.behind.commands.set('k', 'v')
    expect(await client.get('k')).toBe('v')
    expect(near.entries.holds('k')).toBe(false)
    await client.set('k', 'new')
    expect(await client.get('k')).toBe('new')
    expect(truth.log).toEqual(['get k', 'set k'])
  })
})

describe('the rules of tiers: which is asked, which answers, which is filled or dropped', () => {
  test.each(rules)('%s [%s] %s: %j', async (_, tiers, given, [name, ...args], answer, asked, left) => {
    const built = build(tiers)
    const client = clientOver(built)
    given.split(' ').forEach((text, at) => {
      const tier = built[at]
      if (text.startsWith('*')) tier?.shared?.fail(Number.POSITIVE_INFINITY, { error: down })
      const value = text.replace('*', '')
      if (value !== '-') tier?.behind.commands.set('k', value)
    })

    const method = client[name] as (...args: unknown[]) => Promise<unknown>
    expect(await method.apply(client, args).catch((error: unknown) => error)).toEqual(answer)
    await settled()

    const log = built.flatMap(({ shared }) => shared?.log.map((line) => `${shared.name} ${line}`) ?? [])
    expect(log.join(', ')).toBe(asked)
    expect(built.map(({ behind }) => behind.commands.get('k') ?? '-').join(' ')).toBe(left)
  })
})
