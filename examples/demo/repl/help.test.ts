import { type Commands, commands } from '@jcache/driver'
import { describe, expect, test } from 'vitest'
import { optionsOf } from './arguments.ts'
import { complete } from './complete.ts'
import { commandOf, Help } from './help.ts'

const help = new Help()

describe('help', () => {
  test('knows every command of the table, each in one group', () => {
    const listed = help.groups().flatMap((group) => group.commands)
    expect([...listed].sort()).toEqual(Object.keys(commands).sort())
    expect(help.groups().map(({ title }) => title)).toContain('sorted set')
  })

  test.each(Object.keys(commands) as (keyof Commands)[])('%s has sentence, signature and options', (name) => {
    const { head, sentence, rows } = help.of(name)
    expect(head.split(' ')[0]).toBe(name)
    expect(sentence).toMatch(/\w.*\.$/)
    const said = new Map(rows.map(([term, text]) => [term, text]))
    expect(said.get('in code')).toMatch(new RegExp(`^${name}\\(.*\\): Promise<`))
    for (const option of Object.keys(optionsOf(commands[name])))
      expect(said.get(option), option).toMatch(/\w/)
  })

  test('tells how a command is typed', () => {
    expect(help.usage('zadd')).toBe(
      'zadd key member score [member score ...] [nx] [xx] [gt] [lt] [ch] [incr]',
    )
    expect(help.usage('blpop')).toBe('blpop key [key ...] timeout')
    expect(help.usage('lpop')).toBe('lpop key [count]')
    expect(help.usage('zrangebyscore')).toBe('zrangebyscore key min max [withScores] [limit offset count]')
  })

  test('names are found in any case, and only those', () => {
    expect(commandOf('GET')?.[0]).toBe('get')
    expect(commandOf('constructor')).toBeUndefined()
  })
})

describe('Tab', () => {
  test('completes commands', () => expect(complete('hge')).toEqual([['hget ', 'hgetall '], 'hge']))
  test('completes after help', () => expect(complete('help hg')).toEqual([['hget ', 'hgetall '], 'hg']))
  test('completes options that are not there yet', () => {
    expect(complete('zadd board ann 10 nx ')[0]).toEqual(['xx ', 'gt ', 'lt ', 'ch ', 'incr '])
    expect(complete('zrange z 0 -1 with')).toEqual([['withScores '], 'with'])
  })
  test('offers nothing after what is no command', () => expect(complete('foo b')).toEqual([[], 'b']))
})
