import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Player } from './player.fixture.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

test.for(
  globSync(`${folder}*.txt`)
    .sort()
    .map((path) => [basename(path, '.txt'), path] as const),
)('%s goes as it is written', async ([, path]) => {
  const text = readFileSync(path, 'utf8')
  await expect(new Player().play(text)).toMatchFileSnapshot(path)
})
