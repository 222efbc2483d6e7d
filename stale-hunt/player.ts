import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { type Diary, now } from './history.ts'
import type { Key } from './keys.ts'
import { randomOf } from './random.ts'
import { type Words, wordsOf } from './writes.ts'

/** What a process can do. */
export interface Means {
  /** Which of the processes it is: it writes the keys that have this number. */
  readonly process: number
  /** Milliseconds for which it reads copies that it knows may be over. Default 0. */
  readonly staleness?: number
  write(words: Words): Promise<unknown>
  /** Reads the version and puts it down; left out where the process only writes. */
  read?(key: Key, chance: () => number, diary: Diary): Promise<void>
}

/** How many things a process does at a time. */
const HANDS = 6

/** Plays so many milliseconds, and answers what was done when all has ended. `versions` are those written so far. */
export async function play(
  means: Means,
  keys: readonly Key[],
  versions: Map<string, number>,
  seed: number,
  ms: number,
): Promise<Diary> {
  const { process, staleness = 0, read } = means
  const diary: Diary = { process, staleness, writes: [], reads: [], stalls: [] }
  const own = keys.filter(({ writer }) => writer === process)
  const writing = new Set<Key>()
  const end = now() + ms
  /** How much is written differs, so that copies come to be read, and that writes race. */
  const zeal = [0.01, 0.03, 0.1][seed % 3] ?? 0.1

  const write = async (key: Key, chance: () => number) => {
    if (writing.has(key)) return
    writing.add(key)
    const next = (versions.get(key.name) ?? 0) + 1
    versions.set(key.name, next)
    const version = chance() < 0.06 ? null : next
    const [first, ...more]: readonly Words[] =
      version === null ? [['DEL', key.name]] : wordsOf(key, version, chance)
    const from = now()
    const known = first !== undefined && (await succeeds(means.write(first)))
    diary.writes.push({ key: key.name, version, from, to: now(), known })
    for (const words of known ? more : []) await succeeds(means.write(words))
    writing.delete(key)
  }
  const hand = async (chance: () => number) => {
    while (now() < end) {
      // Some keys are asked for more often than others.
      const place = chance() ** 2
      if (!read || chance() < zeal) {
        const key = own[Math.floor(place * own.length)]
        if (key) await write(key, chance)
        await (read ? turn() : sleep(chance() / zeal / 2))
      } else {
        const key = keys[Math.floor(place * keys.length)]
        if (key) await read(key, chance, diary)
        await turn()
      }
    }
  }

  const watching = watchStalls(diary)
  await Promise.all(Array.from({ length: HANDS }, (_, at) => hand(randomOf(seed * HANDS + at))))
  clearInterval(watching)
  return diary
}

function succeeds(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => true,
    () => false,
  )
}

/** Puts down when this process did not run. */
function watchStalls({ stalls }: Diary): NodeJS.Timeout {
  let last = now()
  return setInterval(() => {
    const at = now()
    if (at - last > 25) stalls.push({ from: last, to: at })
    last = at
  }, 5)
}
