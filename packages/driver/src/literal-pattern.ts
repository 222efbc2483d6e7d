/** The text as a pattern of scans, which fits it and nothing else. https://redis.io/commands/keys */
export function literalPattern(text: string): string {
  return text.replace(/[\\*?[]/g, '\\$&')
}
