import { expect, test } from 'vitest'
import { importedNames } from './imported-names.ts'

test.each([
  [`import { a } from './a.ts'`, ['./a.ts']],
  [`import type { A } from 'a'\nimport 'b'`, ['a', 'b']],
  [`import {\n  a,\n  type B,\n} from '@scope/b/c'`, ['@scope/b/c']],
  [`export * from "x"\nexport type { Y } from 'y'`, ['x', 'y']],
  [`const lazy = await import('node:fs')\ntype T = import('t').T`, ['node:fs', 't']],
  [`const text = "told from 'elsewhere'"\nexport const from = 1`, []],
])('%s', (source, names) => {
  expect(importedNames(source)).toEqual(names)
})
