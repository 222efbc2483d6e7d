import type { Message } from '../message.ts'
import { Stretch } from '../stretch.ts'
import type { Parcel } from '../wire/parcel.ts'
import type { Queue } from './queue.ts'

/** A message with its members, which may come to be others later. */
export interface Letter {
  readonly from: string
  readonly to: string
  readonly message: Message
}

/** Whether a newer one of its kind says all that it says. */
export function isReplaceable(message: Message): boolean {
  return message.kind === 'ack' || (message.kind === 'append' && message.entries.length === 0)
}

/** Without those that a newer one replaces. */
export function newestOf(letters: readonly Letter[]): readonly Letter[] {
  if (letters.length < 2) return letters
  const seen = new Set<string>()
  const isNewest = ({ from, to, message }: Letter): boolean => {
    if (!isReplaceable(message)) return true
    const name = JSON.stringify([message.kind, from, to])
    if (seen.has(name)) return false
    seen.add(name)
    return true
  }
  return letters.toReversed().filter(isNewest).reverse()
}

/** What goes from one member to one other, together. */
export function parcelsOf(letters: readonly Letter[]): Parcel[] {
  const parcels: { from: string; to: string; messages: Message[] }[] = []
  for (const { from, to, message } of letters) {
    const last = parcels.at(-1)
    if (last?.from === from && last.to === to) last.messages.push(message)
    else parcels.push({ from, to, messages: [message] })
  }
  return parcels
}

/** Names what may be large about it, equally when it is said again. */
export function aboutWhat(message: Message): string | undefined {
  if (message.kind === 'append') {
    const { first, length } = message.entries
    return length === 0 ? undefined : `entries ${first}`
  }
  if (message.kind === 'forward') return `call ${message.id.origin} ${message.id.seq}`
  return message.kind === 'slice' ? `slice ${message.snapshot} ${message.seq}` : undefined
}

/** The letter without what is on its way already, undefined where nothing is left of it. */
export function unsaid(letter: Letter, queue: Pick<Queue, 'hasLarge' | 'isUnderWay'>): Letter | undefined {
  const { message } = letter
  const about = queue.hasLarge ? aboutWhat(message) : undefined
  if (about === undefined || !queue.isUnderWay(about)) return letter
  return message.kind === 'append' ? { ...letter, message: { ...message, entries: Stretch.none } } : undefined
}
