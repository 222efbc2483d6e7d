import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { seeded, zipf } from '../suite.ts'

/** Requests for keys, and the sizes of cache to replay them at. */
export interface Trace {
  readonly name: string
  readonly sizes: readonly number[]
  readonly requests: Uint32Array
}

/** Traces made here, so that the benchmark works without any file: seeded, hence the same each time. */
export function madeTraces(): Trace[] {
  const random = seeded(7)
  const skewed = zipf(20_000, 300_000, 1)
  let fresh = 100_000
  return [
    { name: 'zipf', sizes: [200, 1_000, 5_000], requests: skewed },
    { name: 'loop of 1,200', sizes: [400, 800, 1_100], requests: made(200_000, (at) => at % 1_200) },
    {
      name: 'zipf with scans',
      sizes: [200, 1_000, 3_000],
      requests: made(300_000, (at) => (at % 10_000 < 3_000 ? fresh++ : (skewed[at] ?? 0))),
    },
    {
      name: 'hot set that moves',
      sizes: [200, 1_000, 2_500],
      requests: made(300_000, (at) => ((skewed[at] ?? 0) + Math.floor(at / 20_000) * 500) % 20_000),
    },
    { name: 'asked for again soon', sizes: [200, 500, 1_000], requests: recent(200_000, random) },
  ]
}

/** The traces in a folder of gzipped little-endian 32-bit key ids, if there is one. */
export function realTraces(folder: string | undefined): Trace[] {
  if (!folder) return []
  return Object.entries(realSizes).flatMap(([name, sizes]) => {
    const file = join(folder, `${name}.u32.gz`)
    if (!existsSync(file)) return []
    const bytes = gunzipSync(readFileSync(file))
    const requests = new Uint32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    )
    return [{ name, sizes, requests }]
  })
}

const realSizes: Readonly<Record<string, readonly number[]>> = {
  lirs_gli: [500, 1_000, 1_500],
  lirs_loop: [256, 512, 768],
  lirs_multi2: [600, 1_200, 1_800],
  lirs_sprite: [200, 400, 800],
  cache2k_web12: [75, 300, 3_000],
  corda_vaultservice: [512, 2_048, 8_192],
  arc_OLTP: [500, 1_000, 2_000],
}

function made(count: number, keyAt: (at: number) => number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, at) => keyAt(at))
}

/** A key is asked for again after few others, or never: what LRU is best at. */
function recent(count: number, random: () => number): Uint32Array {
  const stack: number[] = []
  let fresh = 0
  return made(count, () => {
    const distance = Math.floor(-Math.log(1 - random()) * 400)
    const [key = fresh++] = distance < stack.length ? stack.splice(stack.length - 1 - distance, 1) : []
    stack.push(key)
    return key
  })
}
