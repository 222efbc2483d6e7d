/**
 * What each module adds to each bundle: `node --conditions=@jcache/source bench/size-by-module.ts`. That is what the gzipped
 * bundle loses without it; the sum is less than the whole, as gzip writes once what modules have in common.
 */
import { transform } from 'esbuild'
import { bundled, gzipped } from './bundled.ts'
import { bundles } from './sizes.ts'

for (const { name, code } of bundles) {
  // The comments that say where a module begins go only with the white space.
  const { text } = await bundled(code, { minifySyntax: true, minifyIdentifiers: true })
  const parts: [file: string, text: string][] = []
  for (const part of text.split(/^\/\/ (?=\S+$)/m).slice(1)) {
    const end = part.indexOf('\n')
    const { code } = await transform(part.slice(end), { minifyWhitespace: true, target: 'es2023' })
    parts.push([part.slice(0, end), code.trim()])
  }
  const whole = gzipped(parts.map(([, text]) => text).join(''))
  const rows = parts.map(([file, { length }]) => {
    const others = parts.filter(([other]) => other !== file).map(([, text]) => text)
    return [file.replace(/^.*packages\//, ''), length, whole - gzipped(others.join(''))] as const
  })
  console.log(`\n${name}: ${whole} bytes\n\n| module | minified | adds gzipped |\n|---|---|---|`)
  for (const row of rows.sort((a, b) => b[2] - a[2])) console.log(`| ${row.join(' | ')} |`)
}
