import { memory } from '@jcache/memory'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from './generate.ts'
import { type Judge, startJudge } from './judge.ts'
import { play } from './play.ts'
import { names } from './tables.ts'

/** Another answer of the same kind. */
function altered(answer: unknown): unknown {
  if (typeof answer === 'number') return answer + 1
  if (typeof answer === 'boolean') return !answer
  if (typeof answer === 'string' || !answer) return `${answer}!`
  if (!Array.isArray(answer)) return { ...answer, '!': '' }
  const [cursor, items] = answer
  if (typeof cursor === 'string' && Array.isArray(items)) return [cursor, altered(items)]
  return answer.length > 0 ? answer.slice(1) : ['!']
}

describe('no command answers unjudged', () => {
  let judge: Judge
  beforeAll(async () => {
    judge = await startJudge()
  }, 60_000)
  afterAll(() => judge.stop())

  const sequences = Array.from({ length: 10 }, (_, at) => generate(at + 1, 2_000))

  test.each(names())('%s: another answer is found', { timeout: 60_000 }, async (name) => {
    if (!judge.knows({ name, args: [] })) return
    const right = memory()
    const command: unknown = Reflect.get(right.commands, name)
    if (typeof command !== 'function') return expect.fail('memory has no such command')
    const wrong = (...args: unknown[]) => {
      const answer: unknown = command(...args)
      return answer instanceof Promise ? answer.then(altered) : altered(answer)
    }
    const near = { ...right, commands: { ...right.commands, [name]: wrong } }
    let found: string | undefined
    for (const calls of sequences) {
      const { difference } = await play({ near, far: judge.driver }, calls.filter(judge.knows))
      found = difference?.where
      if (found) break
    }
    right.close()
    expect(found).toContain(`await client.${name}(`)
  })
})
