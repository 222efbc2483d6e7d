import { commands, type Driver } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { createClientOf } from './client.ts'
import { faulty, settled } from './faulty.fixture.ts'
import { type Deadlines, type History, randomOf, recorded } from './interleaving.fixture.ts'
import { tiered } from './tiered.ts'

const KEY = 'k'

/** What may take part in a race, all of it on one key. */
export interface Players {
  /** A number from 0 to below the bound, which the seed decides. */
  below(bound: number): number
  read(): void
  /** A write by this client; by chance one that carries the whole value or one that does not. */
  write(): void
  delete(): void
  /** Somebody else's write or delete at truth, which is told. */
  foreign(): void
  /** The answer of the next write is lost, though truth carries it out. */
  loseAnswer(): void
  /** The deadline of all calls under way passes. */
  deadline(): void
}

export interface Race {
  /** Whether changes at truth are told; else it is by chance. */
  readonly told?: boolean
  /** What takes part, one after the other, with any number of messages between. */
  acts(players: Players): readonly (() => void)[]
  /** Whether the race was one. */
  met(seen: Seen): boolean
}

/** What was seen to happen. */
export interface Seen {
  /** A message on the key came while its entry was fetched. */
  toldDuringFetch: boolean
  deletedDuringRead: boolean
  writesAtOnce: boolean
  writeUnanswered: boolean
}

export interface Outcome {
  readonly wrong: readonly string[]
  readonly met: boolean
}

/** Runs a race in the order that the seed decides, message by message; answers what was wrong in the end. */
export async function run(race: Race, seed: number, deadlines: Deadlines): Promise<Outcome> {
  const random = randomOf(seed)
  const below = (bound: number) => Math.floor(random() * bound)
  const told = race.told ?? random() < 0.5
  const history: History = new Map([[KEY, [null]]])
  const texts = history.get(KEY) ?? []
  const truth = faulty(recorded(history), { name: 'truth', stream: told })
  const [near, backup] = [memory(), memory()]
  const now = () => 1_000_000
  const tiers: Driver[] = random() < 0.3 ? [near, truth, backup] : [near, truth]
  const absentTtl = random() < 0.5 ? '1m' : 0
  const client = createClientOf(commands, tiered(tiers, { now, failures: 1_000, absentTtl }))
  const seen = {
    toldDuringFetch: false,
    deletedDuringRead: false,
    writesAtOnce: false,
    writeUnanswered: false,
  }
  const wrong: string[] = []
  const open = { reads: 0, writes: 0, deletes: 0 }
  let [known, unique, heard, stream] = [0, 0, 1, 0]

  truth.emit({ kind: 'live' })
  if (random() < 0.7) truth.behind.commands.set(KEY, '0')
  if (random() < 0.3) await client.get(KEY)
  heard = texts.length
  truth.hold('*', 'request')
  truth.hold('*', 'answer')

  const look = () => {
    if (told) stream += texts.length - heard
    heard = texts.length
    if (open.deletes && open.reads) seen.deletedDuringRead = true
    if (open.writes > 1) seen.writesAtOnce = true
  }
  const start = (kind: 'reads' | 'writes' | 'deletes', work: () => Promise<void>) => {
    open[kind]++
    const over = () => void open[kind]--
    work().then(over, () => {
      over()
      if (kind !== 'reads') seen.writeUnanswered = true
    })
    look()
  }
  /** Puts down that the process knows what it wrote. */
  const wrote = (text: string | null, from: number) => {
    known = Math.max(known, texts.indexOf(text, from))
  }
  const players: Players = {
    below,
    read: () =>
      start('reads', async () => {
        const floor = known
        const found = await (random() < 0.5
          ? client.get(KEY)
          : client.mget(KEY).then(([text]) => text ?? null))
        if (texts.lastIndexOf(found) < floor) wrong.push(`read ${found}, though ${texts[floor]} was known`)
      }),
    write: () =>
      start('writes', async () => {
        const from = texts.length
        const text = String(++unique * 1_000)
        if (below(3)) await (below(2) ? client.set(KEY, text) : client.mset({ [KEY]: text }))
        else return wrote(String(await client.incrby(KEY, 1)), from)
        wrote(text, from)
      }),
    delete: () =>
      start('deletes', async () => {
        const from = texts.length
        await client.del(KEY)
        wrote(null, from)
      }),
    foreign: () => {
      if (below(3)) truth.behind.commands.set(KEY, String(++unique * 1_000))
      else truth.behind.commands.del(KEY)
      if (open.reads) seen.deletedDuringRead ||= texts.at(-1) === null
    },
    loseAnswer: () => {
      for (const call of ['set', 'mset', 'incrby', 'del']) truth.fail(1, { side: 'answer', call })
    },
    deadline: () => deadlines.pass(),
  }
  const step = () => truth.waiting[below(truth.waiting.length)]?.go()
  const deliver = () => {
    if (stream === 0) return
    stream--
    seen.toldDuringFetch ||= truth.waiting.some(({ call }) => call.startsWith('dump'))
    truth.emit({ kind: 'keys', keys: [KEY] })
  }

  const acts = [...race.acts(players)]
  while (acts.length) {
    const dice = random()
    if (dice < 0.35) acts.shift()?.()
    else if (dice < 0.75) step()
    else deliver()
    for (let hop = below(30); hop > 0; hop--) await null
    look()
  }
  for (
    let rest = 0;
    rest < 1_000 && (open.reads + open.writes + open.deletes || stream || truth.waiting.length);
    rest++
  ) {
    if (below(2)) step()
    else deliver()
    await settled()
    look()
  }
  if (open.reads + open.writes + open.deletes) wrong.push('a call never ended')
  for (const [name, tier] of Object.entries({ near, backup }))
    if (tier.entries.holds(KEY) && tier.commands.get(KEY) !== texts.at(-1))
      wrong.push(`${name} keeps ${tier.commands.get(KEY)}, truth ${texts.at(-1)}`)
  return { wrong, met: race.met(seen) }
}
