import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { bundles } from './sizes.ts'

async function bundle(code: string): Promise<{ text: string; files: string }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    conditions: ['@jcache/source'],
    external: ['node:*'],
  })
  const files = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 6)
    .map(([file, { bytesInOutput }]) => `${String(bytesInOutput).padStart(6)} ${file}`)
  return { text: outputFiles[0]?.text ?? '', files: files.join('\n') }
}

describe.each(bundles)('$name', ({ code, maxGzip, aim, forbidden }) => {
  test('has its size and holds nothing it does not use', async () => {
    const { text, files } = await bundle(code)
    const bytes = gzipSync(text, { level: 9 }).length
    console.log(
      `${bytes} bytes of ${maxGzip}${aim ? ` (aim: ${aim})` : ''}, minified and gzipped. Most, before gzip:\n${files}`,
    )
    expect(bytes).toBeLessThanOrEqual(maxGzip)
    expect(forbidden.filter((word) => text.includes(word))).toEqual([])
  })
})
