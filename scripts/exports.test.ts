import { expect, test } from 'vitest'
import { exportedNames } from './exports.ts'

test('every way to export a name is seen', () => {
  const source = `
export type { A, B as C } from './a.ts'
export {
  d,
  type E,
  f as default,
} from './b.ts'
export * from '@jcache/core'
export interface G {}
export type H = string
export const i = 1
export async function j() {}
export class K {}
const l = 'export const m = 1'
`
  expect(exportedNames(source)).toEqual(
    [
      '* from @jcache/core',
      'K',
      'd',
      'default',
      'i',
      'j',
      'type A',
      'type C',
      'type E',
      'type G',
      'type H',
    ].sort(),
  )
})
