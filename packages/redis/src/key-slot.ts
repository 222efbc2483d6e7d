/** How many slots the keys of a cluster are spread over. */
export const SLOTS = 16_384

/** CRC16 (polynomial 0x1021) of each half byte. */
const crcs = [
  0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7, 0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c,
  0xd1ad, 0xe1ce, 0xf1ef,
] as const

/**
 * The slot of the key in a cluster, by its hash tag where it has one: what stands between the first `{` and the next `}`,
 * unless that is nothing. O(n) for n bytes. https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
 */
export function keySlot(key: string): number {
  const open = key.indexOf('{')
  const close = open < 0 ? -1 : key.indexOf('}', open + 1)
  const tagged = close > open + 1 ? key.slice(open + 1, close) : key
  let crc = 0
  for (const byte of Buffer.from(tagged)) {
    crc = ((crc << 4) & 0xffff) ^ (crcs[(crc >> 12) ^ (byte >> 4)] ?? 0)
    crc = ((crc << 4) & 0xffff) ^ (crcs[(crc >> 12) ^ (byte & 15)] ?? 0)
  }
  return crc % SLOTS
}
