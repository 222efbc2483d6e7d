import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | { readonly '@jcache/source'?: string }>>
}

/**
 * All that a package offers, entry by entry, types included: one line each, for a snapshot. An index file only lists
 * names, so they are read from its text.
 */
export function exportsOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const lines: string[] = []
  for (const [entry, target] of Object.entries(manifest.exports)) {
    const source = typeof target === 'string' ? undefined : target['@jcache/source']
    if (source === undefined) continue
    const names = exportedNames(readFileSync(join(folder, source), 'utf8'))
    lines.push(join(manifest.name, entry), ...names.map((name) => `  ${name}`))
  }
  return `${lines.join('\n')}\n`
}

/** The names that a module exports, sorted; types are marked, and so is what another package brings. */
export function exportedNames(source: string): readonly string[] {
  const names: string[] = []
  for (const [, type, list = ''] of source.matchAll(/^export (type )?\{([^}]*)\}/gm)) {
    for (const item of list.split(',').map((text) => text.trim())) {
      if (item === '') continue
      const name = item.replace(/^type /, '').replace(/^.* as /, '')
      names.push(type || item.startsWith('type ') ? `type ${name}` : name)
    }
  }
  const declared =
    /^export (?:declare |abstract |async )*(interface|type|const|function\*?|class|enum) (\w+)/gm
  for (const [, kind = '', name = ''] of source.matchAll(declared)) {
    names.push(kind === 'interface' || kind === 'type' ? `type ${name}` : name)
  }
  for (const [, all = '', from = ''] of source.matchAll(/^export (\*(?: as \w+)?) from '([^']+)'/gm)) {
    names.push(`${all} from ${from}`)
  }
  return names.sort()
}
