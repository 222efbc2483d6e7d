import { isUtf8 } from 'node:buffer'
import type { ErrorCode } from '@jcache/driver'
import { dump, type Whole } from './pair.ts'

/** What memory refuses on purpose and Redis does: see docs/deviations.md. Of such calls the server is not asked. */
export async function deviation(
  near: Whole,
  name: string,
  args: readonly unknown[],
): Promise<ErrorCode | undefined> {
  const deviates = deviations.get(name)
  if (!deviates) return undefined
  const held = await dump(near, String(args[0]))
  const inField = name.startsWith('h')
  if (held && held.type !== (inField ? 'hash' : 'string')) return undefined
  const text = held?.type === 'hash' ? new Map(held.value).get(String(args[1])) : held?.value
  return deviates(String(text ?? ''), args)
}

/** What memory answers to the call on this text, where it deviates. */
type Deviates = (text: string, args: readonly unknown[]) => ErrorCode | undefined

const deviations: ReadonlyMap<string, Deviates> = new Map([
  ['setrange', cutsCharacter],
  ['incrbyfloat', strangeNumber],
  ['hincrbyfloat', strangeNumber],
])

function cutsCharacter(text: string, [, offset, value]: readonly unknown[]): ErrorCode | undefined {
  const bytes = Buffer.from(text)
  const before = bytes.subarray(0, Number(offset))
  const behind = bytes.subarray(Number(offset) + Buffer.byteLength(String(value)))
  return value === '' || (isUtf8(before) && isUtf8(behind)) ? undefined : 'OUT_OF_RANGE'
}

function strangeNumber(text: string, args: readonly unknown[]): ErrorCode | undefined {
  const increment = Number(args.at(-1))
  const inField = args.length > 2
  // Into a field both refuse to add it before they read what is there.
  if (inField && !Number.isFinite(increment)) return undefined
  if (/^[+-]?(0x|inf)/i.test(text)) return 'NOT_A_NUMBER'
  const [number, exponent = 0] = /^[+-]?[\d.]+(?:e\+?(\d+))?$/i.exec(text) ?? []
  // Beyond what a double holds, but not beyond what a long double does.
  const between = Math.abs(Number(number) + increment) === Infinity && Number(exponent) < 4_900
  return between && Number.isFinite(increment) ? 'OUT_OF_RANGE' : undefined
}
