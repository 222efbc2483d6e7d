import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('a process does not end while it waits for a call or for close, and is kept by nothing else', async () => {
  const file = fileURLToPath(new URL('waited-for.fixture.ts', import.meta.url))
  const args = ['--no-warnings', '--conditions=@jcache/source', file]
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 25_000 })
  expect(stdout.trim().split('\n')).toEqual(['read null', 'written text', 'closed second', 'closed first'])
})
