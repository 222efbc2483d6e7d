export const kinds = ['string', 'hash', 'list', 'set', 'zset'] as const

export type Kind = (typeof kinds)[number]

export interface Key {
  readonly name: string
  readonly kind: Kind
  /** The number of the process that writes it. */
  readonly writer: number
}

const STRANGE = [':', ',', '"\r\n', '😀', '{漢}']

/** The keys of a hunt, few enough to be hot; those that are volatile expire and are evicted. */
export function keysOf(count: number, writers: number): Key[] {
  return Array.from({ length: count }, (_, at) => {
    const kind = kinds[at % kinds.length] ?? 'string'
    const life = at % 4 === 0 ? 'volatile' : 'lasting'
    return {
      name: `${life}:${kind}${STRANGE[at % 7] ?? ':'}${at}`,
      kind,
      writer: Math.floor(at / kinds.length) % writers,
    }
  })
}

export function isVolatile(name: string): boolean {
  return name.startsWith('volatile')
}
