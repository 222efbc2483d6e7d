import { gzipSync } from 'node:zlib'
import { type BuildOptions, build } from 'esbuild'

/** The code with all that it imports, minified for browsers, and how much of it each module is, in bytes. */
export async function bundled(
  code: string,
  options: BuildOptions = { minify: true },
): Promise<{ text: string; modules: [file: string, bytes: number][] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    conditions: ['@jcache/source'],
    external: ['node:*'],
    ...options,
  })
  const modules = Object.values(metafile?.outputs ?? {})
    .flatMap(({ inputs }) => Object.entries(inputs))
    .map(([file, { bytesInOutput }]): [string, number] => [file, bytesInOutput])
    .sort(([, a], [, b]) => b - a)
  return { text: outputFiles?.[0]?.text ?? '', modules }
}

export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length
}
