import type { Kind } from './kind.ts'
import { text } from './text.ts'

export const end: Kind = ['one of left, right', (value) => text(value, /^(left|right)$/)]

export const beside: Kind = ['one of before, after', (value) => text(value, /^(before|after)$/)]
