import { expect, test } from 'vitest'
import { code } from './call.ts'
import { generate } from './generate.ts'
import { names, rowOf } from './tables.ts'

const calls = generate(1, 40_000)

test('every command of the table is generated, with every option', () => {
  const found = new Set(
    calls.flatMap(({ name, args }) => {
      const options: unknown = args[rowOf(name).args.findIndex((fact) => typeof fact !== 'string')]
      return [name, ...Object.keys(Object(options)).map((option) => `${name} ${option}`)]
    }),
  )
  const wanted = names().flatMap((name) => {
    const options = rowOf(name).args.find((fact) => typeof fact !== 'string')
    return [name, ...Object.keys(options ?? {}).map((option) => `${name} ${option}`)]
  })
  expect([...found].sort()).toEqual(wanted.sort())
})

test('the same seed generates the same calls, another seed others', () => {
  const first = calls.slice(0, 500).map(code)
  expect(generate(1, 500).map(code)).toEqual(first)
  expect(generate(2, 500).map(code)).not.toEqual(first)
})
