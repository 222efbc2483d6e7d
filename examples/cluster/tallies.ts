import { count, time } from '../demo/numbers.ts'
import type { Screen } from '../demo/screen.ts'
import type { Member } from './cluster.ts'
import type { Tally } from './load.ts'

/** What the callers of all nodes have seen, gathered all the time: a process that is killed tells nothing any more. */
export class Tallies {
  readonly acknowledged: string[] = []
  readonly #byNode = new Map<string, { acknowledged: number; slowest: number; failed: Map<string, number> }>()
  readonly #timer: NodeJS.Timeout
  readonly #members: readonly Member[]
  #taking: Promise<unknown> = Promise.resolve()

  /** Tallies of these, whoever is killed. */
  constructor(members: readonly Member[]) {
    this.#members = [...members]
    this.#timer = setInterval(() => {
      this.#taking = this.#takeAll()
    }, 20)
  }

  /** Takes what is left, and stops. */
  async end(): Promise<void> {
    clearInterval(this.#timer)
    await this.#taking
    await this.#takeAll()
  }

  /** How many writes failed on nodes other than this. */
  failedBut(name: string): number {
    let failed = 0
    for (const [node, tally] of this.#byNode)
      if (node !== name) for (const times of tally.failed.values()) failed += times
    return failed
  }

  /** Milliseconds of the slowest write on nodes other than this. */
  slowestBut(name: string): number {
    return Math.max(0, ...[...this.#byNode].flatMap(([node, { slowest }]) => (node === name ? [] : slowest)))
  }

  show(screen: Screen, notes: Readonly<Record<string, string>>): void {
    screen.table(
      ['callers on', ' acknowledged', ' slowest', 'failed'],
      [...this.#byNode].map(([name, { acknowledged, slowest, failed }]) => [
        `node ${name}${notes[name] ?? ''}`,
        count(acknowledged),
        time(slowest),
        [...failed].map(([code, times]) => `${count(times)} ${code}`).join(', ') || 'none',
      ]),
    )
  }

  async #takeAll(): Promise<void> {
    await Promise.all(
      this.#members.map(async (member) => {
        const tally = await member.call('take').catch(() => undefined)
        if (tally) this.#add(member.name, tally)
      }),
    )
  }

  #add(name: string, { acknowledged, slowest, failed }: Tally): void {
    for (const key of acknowledged) this.acknowledged.push(key)
    const known = this.#byNode.get(name) ?? { acknowledged: 0, slowest: 0, failed: new Map<string, number>() }
    known.acknowledged += acknowledged.length
    known.slowest = Math.max(known.slowest, slowest)
    for (const [code, times] of Object.entries(failed))
      known.failed.set(code, (known.failed.get(code) ?? 0) + times)
    this.#byNode.set(name, known)
  }
}

/** How many of these keys no node has, by reads that see all that was acknowledged. */
export async function lost(keys: readonly string[], member: Member): Promise<number> {
  let found = 0
  for (let at = 0; at < keys.length; at += 5_000)
    found += await member.call('count', keys.slice(at, at + 5_000))
  return keys.length - found
}
