import { CacheError } from '@jcache/driver'
import { besideText, isMarked, marked, stampsBeside, unmarked } from './beside.ts'
import { type CacheClient, remove } from './cache-client.ts'
import type { ReadyCall } from './cache-options.ts'
import { frozen } from './frozen.ts'
import { generationOf } from './generation.ts'
import { OWN, type Slot, slotsOf } from './slots.ts'
import { type Stamp, type Stamps, stampsOf } from './stamps.ts'
import { wholeText } from './whole-text.ts'

/** Where the values of a cache lie: at truth as texts, with what lies beside them, and decoded beside their near copies. */
export interface Records {
  readonly stamps: Stamps
  /** The key as tiers know it. */
  nameOf(key: string): string
  /** A key beside that of the value: the stamp of a tag or of the key itself, the lease of who loads it. */
  beside(kind: 'tag' | 'key' | 'lease', of: string): string
  /** The value that is known near by to be that of truth, fresh or stale. */
  near(key: string, at: number): Slot | undefined
  /** The value that was last known. */
  last(key: string): Slot | undefined
  /** What truth has: undefined without key, null where that does not count. One round trip, for tagged values two. */
  find(key: string): Promise<Slot | null | undefined>
  /** The value as text. Throws CacheError `INVALID_ARGUMENT` where the codec cannot give it back. */
  encode(key: string, value: unknown): string
  /** A record of the text that is fresh for `ms`. */
  make(key: string, text: string, stamps: readonly Stamp[], ms: number): Slot
  /** Writes the record to truth; answers whether the condition allowed it. */
  write(slot: Slot, condition?: { readonly nx?: boolean; readonly xx?: boolean }): Promise<boolean>
  /** Whether nothing is known near by that ended the value. */
  counts(key: string, slot: Slot): boolean
  /** Keeps the decoded value at hand. */
  keep(key: string, slot: Slot): void
  /** Forgets what is at hand. */
  forget(key: string): void
  /** What a caller gets. */
  answer(slot: Slot): unknown
  /** Removes the value and what lies beside it; answers whether it was there. */
  remove(key: string): Promise<boolean>
  /** Runs it on the name that the key has at truth, once more where that is another than was known. */
  within<Reply>(key: string, act: (name: string) => Promise<Reply>): Promise<Reply>
  /** Begins another generation. */
  clear(): Promise<void>
}

export function recordsOf(client: CacheClient, options: ReadyCall): Records {
  const { prefix, codec, clone, stale, refreshAhead, jitter, now, random, onEvent } = options
  const slots = slotsOf(options.decodedLimit)
  const stamps = stampsOf(client, now)
  const generation = generationOf(client, prefix)
  let seen = generation.name

  const beside = (kind: string, of: string) => `${prefix}~${kind}:${of}`
  const besideName = (name: string) => beside('of', name.slice(prefix.length))

  const within = async <Reply>(key: string, act: (name: string) => Promise<Reply>): Promise<Reply> => {
    for (;;) {
      const { name } = generation
      const following = generation.sync()
      const [reply] = await Promise.all([act(name + key), following])
      if (generation.name === name) return reply
    }
  }

  const slotOf = (
    name: string,
    text: string,
    of: readonly Stamp[],
    freshUntil: number,
    known?: Slot,
  ): Slot => {
    let value: unknown
    if (known?.text === text) ({ value } = known)
    else {
      value = codec.decode(unmarked(text))
      if (clone || !frozen(value)) value = OWN
    }
    const slot = { name, text, value, freshUntil, stamps: of.length ? of : undefined }
    if (!refreshAhead) return slot
    // Read again with the end that was known, it is not younger than it was: half of its life counts from its first sight.
    const isKnown = known?.text === text && freshUntil - known.freshUntil < refreshAhead / 2
    const ahead = Math.min(refreshAhead, Math.max(0, (freshUntil - now()) / 2))
    return { ...slot, refreshAt: (isKnown && known.refreshAt) || freshUntil - ahead }
  }

  const keep = (key: string, slot: Slot) => {
    if (slot.name === generation.name + key) slots.set(key, slot)
  }

  return {
    stamps,
    beside,
    within,
    nameOf: (key) => generation.name + key,
    near(key, at) {
      const slot = slots.get(key)
      if (slot === undefined) return undefined
      try {
        const text = client.peek?.(slot.name)
        if (text === slot.text) {
          const isNow = generation.isNow(at) && generation.name === seen
          if (isNow && (slot.stamps === undefined || stamps.stand(slot.stamps))) return slot
        } else if (text !== undefined) slots.delete(key)
      } catch {
        // Another type lies there: whoever asks truth is told.
      }
      return undefined
    },
    last: slots.get,
    find: (key) =>
      within(key, async (name) => {
        if (generation.name !== seen) {
          seen = generation.name
          slots.clear()
        }
        const known = slots.get(key)
        const [found, laid] = await Promise.all([
          wholeText(client, name, now),
          known?.stamps ? wholeText(client, besideName(name), now) : undefined,
        ])
        if (!found) return undefined
        const { text } = found
        // Where the client cannot tell its end, that of the same text is known from when it was written.
        const endsAt = found.endsAt || (known?.text === text && known.freshUntil + stale) || 0
        if (endsAt <= now()) return null
        let of: readonly Stamp[] | undefined = []
        if (isMarked(text)) {
          of = stampsBeside(text, (laid ?? (await wholeText(client, besideName(name), now)))?.text)
          if (!of || !(await stamps.check(of))) return null
        }
        try {
          const slot = slotOf(name, text, of, endsAt - stale, known)
          keep(key, slot)
          return slot
        } catch (error) {
          onEvent?.({ kind: 'error', key, during: 'read', error })
          return null
        }
      }),
    make: (key, text, of, ms) =>
      slotOf(generation.name + key, marked(text, of), of, now() + Math.ceil(ms * (1 - jitter * random()))),
    encode(key, value) {
      try {
        const text = codec.encode(value)
        if (typeof text === 'string') return text
        throw new TypeError('value has no text')
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new CacheError('INVALID_ARGUMENT', `${JSON.stringify(key)} was not stored: ${reason}`, {
          cause,
        })
      }
    },
    async write({ name, text, stamps: of, freshUntil }, condition) {
      const ttl = freshUntil - now() + stale
      if (ttl < 1) return false
      // What lies beside is sent first: if the connection breaks between them, the text does not count.
      const [, written] = await Promise.all([
        isMarked(text) && client.set(besideName(name), besideText(text, of ?? []), { ttl }),
        client.set(name, text, { ttl, ...condition }),
      ])
      return written
    },
    keep,
    counts: (key, { name, stamps: of }) => name === generation.name + key && stamps.stand(of) !== false,
    forget: slots.delete,
    answer: ({ value, text }) => (value === OWN ? codec.decode(unmarked(text)) : value),
    remove: (key) =>
      within(key, async (name) => {
        const names = [name, besideName(name)]
        if (options.lease) names.push(beside('key', key), beside('lease', key))
        const [removed] = await Promise.all(names.map((each) => remove(client, each)))
        return removed === true
      }),
    clear: () => generation.next(),
  }
}
