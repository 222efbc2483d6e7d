import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A documented member of an interface: a command, or an option of one. */
export interface Member {
  /** As written in the source, in one line: `hget(key: string, field: string): Promise<string | null>`. */
  readonly signature: string
  /** What its doc comment says, in one line. */
  readonly sentence: string
}

/** An interface of the source, with its doc comment and the members it declares itself. */
export interface Documented {
  readonly sentence: string
  readonly extends: readonly string[]
  readonly members: ReadonlyMap<string, Member>
}

const sources = new URL('../../../packages/driver/src/commands/', import.meta.url)

/**
 * The interfaces of the command tables by name, read from their sources: what `help` says is what editors show.
 * It relies on the one style that the formatter leaves: members indented by two blanks, parameters by four.
 */
export function readSentences(): Map<string, Documented> {
  const found = new Map<string, Documented>()
  const tables = readdirSync(fileURLToPath(sources)).filter((name) => /^[\w-]+\.ts$/.test(name))
  for (const file of [...tables, '../argument.ts']) {
    const text = readFileSync(new URL(file, sources), 'utf8')
    const declarations =
      /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export interface (\w+)(?:\s+extends ([\w,\s]+?))?\s*\{(?:\}|\n([\s\S]*?)^\})/gm
    for (const [, comment = '', name = '', parents = '', body = ''] of text.matchAll(declarations)) {
      found.set(name, {
        sentence: oneLine(comment),
        extends: parents.split(',').flatMap((parent) => parent.trim() || []),
        members: membersOf(body),
      })
    }
  }
  return found
}

function membersOf(body: string): Map<string, Member> {
  const members = new Map<string, Member>()
  const documented =
    /^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(?:readonly )?(\w+)((?:[^\n]|\n {4}|\n {2}[)>])*)/gm
  for (const [, comment = '', name = '', rest = ''] of body.matchAll(documented)) {
    const signature = `${name}${rest}`
      .replace(/\s+/g, ' ')
      .replace(/([(<]) /g, '$1')
      .replace(/, ([)>])/g, '$1')
    members.set(name, { signature, sentence: oneLine(comment) })
  }
  return members
}

function oneLine(comment: string): string {
  return comment
    .replace(/^\s*\*/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The member of that name in the interface or in those it extends. */
export function memberOf(
  all: ReadonlyMap<string, Documented>,
  type: string,
  name: string,
): Member | undefined {
  const documented = all.get(type)
  const own = documented?.members.get(name)
  if (own || !documented) return own
  for (const parent of documented.extends) {
    const inherited = memberOf(all, parent, name)
    if (inherited) return inherited
  }
  return undefined
}
