import { describe, expect, test } from 'vitest'
import type { Duration } from './duration.ts'
import { timeout } from './kinds/block.ts'
import { whole } from './kinds/number.ts'
import { callable, optionsOf } from './ready.ts'

interface Options {
  readonly wait?: Duration
  readonly most?: number
  readonly log?: () => void
}

function ready(options?: Options) {
  return optionsOf(
    'foo',
    {
      wait: timeout,
      most: ['a count of one or more', (count) => whole(count, 1)],
      log: ['a function', callable],
    },
    options,
  )
}

describe('K5: options of drivers are checked as arguments of commands are', () => {
  test('what is given is made ready, and what is not is left out', () => {
    const log = () => {}
    expect(ready({ wait: '5m', most: 2, log })).toEqual({ wait: 300_000, most: 2, log })
    const { wait }: { readonly wait?: number } = ready({ wait: 0 })
    expect(wait).toBe(0)
    expect([ready(), ready({})]).toEqual([{}, {}])
  })

  test.each<[options: unknown, message: string]>([
    [{ wait: '5 minutes' }, `foo wants ${timeout[0]} for wait, found "5 minutes"`],
    [{ most: 0 }, 'foo wants a count of one or more for most, found 0'],
    [{ most: 1.5 }, 'foo wants a count of one or more for most, found 1.5'],
    [{ most: null }, 'foo wants a count of one or more for most, found null'],
    [{ log: false }, 'foo wants a function for log, found false'],
    [{ least: 1 }, 'foo wants only the options wait, most, log, found "least"'],
    [JSON.parse('{ "__proto__": 1 }'), 'foo wants only the options wait, most, log, found "__proto__"'],
    [5, 'foo wants an options object, found 5'],
  ])('%j is refused', (options, message) => {
    expect(() => ready(options as Options)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message }),
    )
  })
})
