/** What a source file imports or re-exports, by name, type imports included. */
export function importedNames(source: string): readonly string[] {
  const statements =
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]/gm
  const calls = /\bimport\s*\(\s*['"]([^'"]+)['"]/g
  return [...source.matchAll(statements), ...source.matchAll(calls)].map(
    ([, from, bare]) => from ?? bare ?? '',
  )
}
