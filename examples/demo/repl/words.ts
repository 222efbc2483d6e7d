/** A word as it was typed; quoted words are never taken for options. */
export interface Word {
  readonly text: string
  readonly quoted: boolean
}

/** Something the reader of the prompt can mend: shown as its message alone. */
export class PromptError extends Error {}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' }

/**
 * The words of a line, by the rules of redis-cli: blanks part them, `"..."` knows escapes (`\n`, `\"`, `\x41`),
 * `'...'` only `\'`. Throws PromptError for a quote that is not closed, or closed in the middle of a word.
 */
export function wordsOf(line: string): Word[] {
  const words: Word[] = []
  let rest = line.trim()
  while (rest) {
    const [all, double, single, bare] =
      /^(?:"((?:[^"\\]|\\[\s\S])*)"(?!\S)|'((?:[^'\\]|\\[\s\S])*)'(?!\S)|([^\s"']\S*))\s*/.exec(rest) ?? []
    if (all === undefined)
      throw new PromptError(`A quote is not closed, or more follows it without a blank: ${rest}`)
    if (double !== undefined) words.push({ text: unescaped(double), quoted: true })
    else if (single !== undefined) words.push({ text: single.replaceAll("\\'", "'"), quoted: true })
    else words.push({ text: bare ?? '', quoted: false })
    rest = rest.slice(all.length)
  }
  return words
}

function unescaped(text: string): string {
  return text.replace(/\\(?:x([\da-f]{2})|([\s\S]))/gi, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
