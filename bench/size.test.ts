import { describe, expect, test } from 'vitest'
import { bundled, gzipped } from './bundled.ts'
import { bundles } from './sizes.ts'

describe.each(bundles)('$name', ({ code, maxGzip, aim, forbidden }) => {
  test('has its size and holds nothing it does not use', async () => {
    const { text, modules } = await bundled(code)
    const bytes = gzipped(text)
    const most = modules.slice(0, 6).map(([file, size]) => `${String(size).padStart(6)} ${file}`)
    console.log(
      `${bytes} bytes of ${maxGzip}${aim ? ` (aim: ${aim})` : ''}, minified and gzipped. Most, before gzip:\n${most.join('\n')}`,
    )
    expect(bytes).toBeLessThanOrEqual(maxGzip)
    expect(forbidden.filter((word) => text.includes(word))).toEqual([])
  })
})
