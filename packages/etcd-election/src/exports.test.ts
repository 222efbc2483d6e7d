import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { exportsOf } from '../../../scripts/exports.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))

test('the public names are those of exports.txt', async () => {
  await expect(exportsOf(folder)).toMatchFileSnapshot('../exports.txt')
})
