import { show } from '@jcache/driver'

/** What is told of the text that the key, or its field, holds. */
export function holds(text: string | undefined, key: string, field: string | undefined): string {
  return `${JSON.stringify(field === undefined ? key : [key, field])} holds ${show(text)}`
}
