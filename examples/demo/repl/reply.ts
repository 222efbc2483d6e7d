/** A reply in lines that a reader understands; texts in quotes, so that no byte of them reaches the terminal raw. */
export function replyLines(reply: unknown): string[] {
  if (reply === undefined) return ['done']
  if (Array.isArray(reply)) return reply.length ? numbered(reply) : ['(empty list)']
  if (typeof reply === 'object' && reply !== null) {
    const rows = Object.entries(reply).map(([field, value]) => [shown(field), shown(value)] as const)
    const width = Math.max(0, ...rows.map(([field]) => field.length))
    return rows.length ? rows.map(([field, value]) => `${field.padEnd(width)}  ${value}`) : ['(no fields)']
  }
  return [shown(reply)]
}

function numbered(items: readonly unknown[]): string[] {
  const width = String(items.length).length + 1
  return items.map((item, at) => {
    const parts = Array.isArray(item) ? item : [item]
    return `${`${at + 1})`.padStart(width)} ${parts.map(shown).join('  ')}`
  })
}

function shown(value: unknown): string {
  // JSON leaves DEL and the C1 controls as they are; terminals obey them.
  if (typeof value === 'string')
    return JSON.stringify(value).replace(/[\x7f-\x9f]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)
  return String(value)
}
