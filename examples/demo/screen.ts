import { styleText } from 'node:util'

const MARGIN = '  '

/** Text in lines, tables and colours. Colours only where the terminal has them and NO_COLOR does not forbid them. */
export class Screen {
  readonly #out: NodeJS.WritableStream & { readonly columns?: number }
  #blank = false

  constructor(out: NodeJS.WritableStream = process.stdout) {
    this.#out = out
  }

  /** Columns that may be used: those of the terminal, between 60 and 100. */
  get width(): number {
    return Math.min(100, Math.max(60, this.#out.columns ?? 80))
  }

  style(format: Parameters<typeof styleText>[0], text: string): string {
    return styleText(format, text, { stream: this.#out })
  }

  line(text = ''): void {
    this.#blank = text === ''
    this.#out.write(`${text}\n`)
  }

  /** An empty line, unless one is there. */
  gap(): void {
    if (!this.#blank) this.line()
  }

  /** The head of a step, set off from what went before. */
  title(text: string): void {
    this.gap()
    this.line(this.style('bold', text))
    this.line(this.style('dim', '─'.repeat(Math.min(text.length, this.width))))
  }

  /** A paragraph, wrapped at words. */
  say(text: string): void {
    for (const row of wrapped(text, this.width)) this.line(row)
  }

  /** Terms with what there is to say about them, wrapped beside them. */
  list(rows: readonly (readonly string[])[]): void {
    const width = Math.max(...rows.map(([term = '']) => term.length))
    this.gap()
    for (const [term = '', text = ''] of rows) {
      const [first = '', ...rest] = wrapped(text, this.width - width - 5)
      this.line(`${MARGIN}${this.style('cyan', term.padEnd(width))}   ${first}`)
      for (const row of rest) this.line(`${MARGIN}${' '.repeat(width)}   ${row}`)
    }
    this.gap()
  }

  /** Lines of code, as they could be typed. */
  code(...lines: readonly string[]): void {
    this.gap()
    for (const each of lines) this.line(MARGIN + this.style('cyan', each))
    this.gap()
  }

  /** A table under its head; columns whose head starts with a blank stand to the right. */
  table(heads: readonly string[], rows: readonly (readonly string[])[]): void {
    const widths = heads.map((head, at) =>
      Math.max(head.trim().length, ...rows.map((row) => row[at]?.length ?? 0)),
    )
    const laid = (cells: readonly string[]) =>
      cells
        .map((cell, at) =>
          heads[at]?.startsWith(' ') ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join('   ')
        .trimEnd()
    this.gap()
    this.line(MARGIN + this.style('dim', laid(heads.map((head) => head.trim()))))
    for (const row of rows) this.line(MARGIN + laid(row))
    this.gap()
  }
}

function wrapped(text: string, width: number): string[] {
  const rows: string[] = []
  let row = ''
  for (const word of text.split(/\s+/)) {
    if (row && row.length + 1 + word.length > width) {
      rows.push(row)
      row = ''
    }
    row = row ? `${row} ${word}` : word
  }
  return row ? [...rows, row] : rows
}
