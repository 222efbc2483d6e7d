import { beforeAll, describe, expect, test } from 'vitest'
import { accepts } from '../../scripts/servers/port.ts'
import { type Ended, run } from './run.fixture.ts'

/** Runs the demo as `npm run demo` does, with these lines as its input, to its end. */
const demo = (args: readonly string[], input = ''): Promise<Ended> =>
  run(new URL('demo.ts', import.meta.url), args, input)

/** The cells of the first row after `after` that starts with `start`. */
function row(out: string, after: string, start: string): string[] {
  const lines = out.slice(out.indexOf(after)).split('\n')
  return (
    lines
      .find((line) => line.startsWith(`  ${start}`))
      ?.trim()
      .split(/ {2,}/) ?? []
  )
}

const number = (text = '') => Number(text.replace(/[^\d.]/g, ''))

describe('npm run demo', () => {
  let ended: Ended
  let out: string
  beforeAll(async () => {
    ended = await demo([])
    out = ended.out
  }, 60_000)

  test('ends well and stops its server', async () => {
    expect(ended).toMatchObject({ code: 0, err: '' })
    const port = /redis:\/\/127\.0\.0\.1:(\d+)/.exec(out)?.[1]
    expect(await accepts('127.0.0.1', Number(port), 500)).toBe(false)
  })

  test('is readable in 80 columns without colour', () => {
    expect(out).not.toContain('\x1b')
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    for (const unfit of ['NaN', 'undefined', 'Infinity', '[object']) expect(out).not.toContain(unfit)
  })

  test('most of 20,000 reads are answered by memory, faster than by Redis', () => {
    const memory = row(out, '2. Read through', 'memory')
    const redis = row(out, '2. Read through', 'redis')
    expect(number(memory[1]) + number(redis[1])).toBe(20_000)
    expect(number(memory[2])).toBeGreaterThan(90)
    expect(number(memory[3])).toBeLessThan(number(redis[3]))
  })

  test('the leaderboard is answered by memory, and shows a write at once', () => {
    expect(row(out, '3. A leaderboard', '3.').slice(1)).toEqual(['DFW', '281,281', 'DEN', '291,443'])
    expect(number(row(out, '3. A leaderboard', 'memory')[2])).toBeGreaterThan(90)
  })

  test("another program's write shows after the time that copies live, or sooner", () => {
    const seen = out.match(/([\d.]+) (m?s) +Renamed by another/)
    const ms = Number(seen?.[1]) * (seen?.[2] === 's' ? 1000 : 1)
    expect(ms).toBeLessThan(2_500)
  })

  test('T5: a read of a frozen Redis ends at the deadline', () => {
    const [, end, took] = row(out, '5. Redis hangs', 'airport:OXR')
    expect(end).toBe('error TIMEOUT')
    expect(Number.parseFloat(took ?? '')).toBeCloseTo(1, 0)
    expect(row(out, '5. Redis hangs', 'airport:JFK')[1]).toBe('answered by memory')
  })

  test('T5: without Redis calls fail with a code, soon, and later succeed again', () => {
    for (const call of ['read, not held', 'write'])
      expect(row(out, '6. Redis stops', call).slice(0, 2)).toEqual([call, 'error UNAVAILABLE'])
    const prose = out.replace(/\s+/g, ' ')
    expect(prose).toContain('its reads succeed, and redis answers null')
    expect(prose).toContain('redis answers "Chicago O\'Hare International"')
  })
})

describe('npm run demo -- --repl', () => {
  test('answers what is typed, and ends', async () => {
    const { code, out, err } = await demo(
      ['--repl'],
      'hget airport:ATL city\nhget airport:ATL city\nget departures\nhelp zadd\n',
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/jcache> hget airport:ATL city\n.*\n"Atlanta"\nredis, .* ms\n/)
    expect(out).toMatch(/"Atlanta"\nmemory, .* ms, from a copy made/)
    expect(out).toContain('WRONG_TYPE')
    expect(out).toContain('zadd key member score')
  }, 30_000)
})

test('an unknown option is told, with those there are', async () => {
  const { code, err } = await demo(['--nonsense'])
  expect(code).toBe(1)
  expect(err).toMatch(/'--nonsense'/)
  expect(err).toContain('npm run demo -- --repl')
})
