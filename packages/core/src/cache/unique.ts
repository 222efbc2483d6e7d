/** A text that nobody else makes. */
export function unique(): string {
  return [0, 0].map(() => Math.random().toString(36).slice(2)).join('')
}
