import { type Commands, commands, type Driver, derive, keysOf } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { createClientOf } from './client.ts'
import { faulty, settled } from './faulty.fixture.ts'
import { tiered } from './tiered.ts'

const KEYS = ['a', 'b'] as const

/** What each key held at truth, in order. */
export type History = Map<string, (string | null)[]>

/** Local memory that writes down what every write leaves. */
export function recorded(history: History): ReturnType<typeof memory> {
  const tier = memory()
  const handlers = tier.commands as unknown as Record<string, (...args: unknown[]) => unknown>
  return {
    ...tier,
    commands: derive(commands, (name, command) => (...args: unknown[]) => {
      const reply = handlers[name]?.(...args)
      if (command.mode === 'write')
        for (const key of keysOf(command, args))
          history.get(key)?.push(tier.commands.get(key) as string | null)
      return reply
    }),
  }
}

/** The same numbers from 0 up to 1 for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_769
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A deadline that passes when the play says so. */
export interface Deadlines {
  pass(): void
}

/**
 * Plays reads and writes of one process, foreign writes, invalidations, lost answers and deadlines in an order that the seed
 * decides, message by message. Answers what was wrong:
 * a read that found what its process knew to be over, or a copy that differs from truth when all has come to rest.
 */
export async function play(seed: number, deadlines: Deadlines): Promise<string[]> {
  const random = randomOf(seed)
  const below = (bound: number) => Math.floor(random() * bound)
  const told = random() < 0.6
  const history: History = new Map(KEYS.map((key) => [key, [null]]))
  const truth = faulty(recorded(history), { name: 'truth', stream: told })
  const middle = random() < 0.3 ? faulty(memory(), { name: 'middle' }) : undefined
  const near = memory()
  const isNear = !middle || random() < 0.6
  const backup = memory()
  const now = () => 1_000_000
  const tiers: Driver<Commands>[] = [...(isNear ? [near] : []), ...(middle ? [middle] : []), truth, backup]
  const absentTtl = random() < 0.5 ? '1m' : 0
  const maxStaleness = random() < 0.3 ? '1m' : 0
  const client = createClientOf(commands, tiered(tiers, { now, failures: 1_000, absentTtl, maxStaleness }))
  const wrong: string[] = []
  const known = new Map<string, number>(KEYS.map((key) => [key, 0]))
  const stream: string[] = []
  let seen = new Map(KEYS.map((key) => [key, 1]))
  let live = told
  let everLost = false
  let unique = 0
  let open = 0

  for (const tier of [truth, middle]) {
    tier?.hold('*', 'request')
    tier?.hold('*', 'answer')
  }
  if (told) truth.emit({ kind: 'live' })

  const textsOf = (key: string) => history.get(key) ?? []
  /** What truth was changed to since the last look is told, as long as the stream is live. */
  const tell = () => {
    for (const [key, texts] of history) {
      if (live && texts.length > (seen.get(key as 'a') ?? 0)) stream.push(key)
      seen = seen.set(key as 'a', texts.length)
    }
  }
  const read = async (key: string) => {
    const floor = known.get(key) ?? 0
    open++
    const found = await (random() < 0.5 ? client.get(key) : client.mget(key).then(([text]) => text ?? null))
    if (textsOf(key).lastIndexOf(found) < floor)
      wrong.push(`read ${key}: ${found}, though ${textsOf(key).slice(floor)} was known`)
  }
  const write = async (key: string) => {
    const from = textsOf(key).length
    open++
    const text = String(++unique * 1_000)
    const kind = below(4)
    const left =
      kind === 0
        ? await client.del(key).then(() => null)
        : kind === 1
          ? String(await client.incrby(key, 1))
          : kind === 2
            ? await client.mset({ [key]: text }).then(() => text)
            : await client.set(key, text).then(() => text)
    known.set(key, Math.max(known.get(key) ?? 0, textsOf(key).indexOf(left, from)))
  }
  const start = (work: Promise<void>) => {
    work.catch(() => {}).finally(() => open--)
  }
  const deliver = () => {
    const key = stream.shift()
    if (key) truth.emit({ kind: 'keys', keys: [key] })
  }
  const step = () => {
    const waiting = [...truth.waiting, ...(middle?.waiting ?? [])]
    waiting[below(waiting.length)]?.go()
  }

  for (let turn = 0; turn < 60; turn++) {
    const key = KEYS[random() < 0.75 ? 0 : 1]
    const dice = random()
    if (dice < 0.22) start(read(key))
    else if (dice < 0.34) start(write(key))
    else if (dice < 0.72) step()
    else if (dice < 0.82) deliver()
    else if (dice < 0.84) truth.fail(1, { side: 'answer' })
    else if (dice < 0.86) deadlines.pass()
    else if (!told) step()
    else if (dice < 0.93) truth.behind.commands.set(key, String(++unique * 1_000))
    else {
      live = !live
      everLost = true
      stream.length = 0
      truth.emit({ kind: live ? 'live' : 'lost' })
    }
    for (let hop = below(30); hop > 0; hop--) await null
    tell()
  }

  for (let rest = 0; rest < 10_000 && (open || stream.length || truth.waiting.length); rest++) {
    step()
    deliver()
    await settled()
    tell()
  }
  while (middle?.waiting.length) {
    step()
    await settled()
  }
  if (open) wrong.push(`${open} calls never ended`)
  for (const key of KEYS) {
    const left = textsOf(key).at(-1)
    // While the stream is lost, copies that are allowed to be stale may be.
    if (told && !live && maxStaleness) continue
    if (isNear && client.peek(key) === null && left !== null) wrong.push(`${key} is absent, truth ${left}`)
    for (const tier of everLost ? [near] : [near, backup])
      if (tier.entries.holds(key) && tier.commands.get(key) !== left)
        wrong.push(
          `${tier === near ? 'near' : 'backup'} keeps ${tier.commands.get(key)} of ${key}, truth ${left}`,
        )
  }
  return wrong
}
