import { KeyspaceData } from '../keyspace-data.ts'
import type { LogEntry } from '../log-entry.ts'
import { createNode, type Node } from '../node.ts'
import { fast } from '../options.ts'
import { applied, keysOfEntry } from '../replica.ts'
import type { Command, Outcome, Place } from '../request.ts'
import { soundRules } from '../rules.ts'
import { must } from './violation.fixture.ts'

/** What a key held from an offset on. */
interface Held {
  readonly offset: number
  readonly value: unknown
  readonly expiresAt: number
}

/** What leaders wrote, by term and offset, with the term of what stood before. */
export type Written = Map<string, { readonly entry: LogEntry; readonly before: number }>

/** What was committed in one history, written down as it is: whatever a node says is held against it. */
export class Truth {
  readonly history: string
  readonly entries: LogEntry[] = []
  readonly outcomes: Outcome[] = []
  readonly digests: number[] = []
  readonly ids: Map<string, number> = new Map()
  /** When each commit was seen first. */
  readonly seenAt: number[] = []
  readonly #reference: Node
  /** How far the log of each machine ever came. */
  readonly #reached = new Map<string, number>()
  readonly #keys = new Map<string, Held[]>()

  constructor(history: string) {
    this.history = history
    const unbounded = new KeyspaceData({ maxEntries: Infinity, maxBytes: Infinity })
    this.#reference = createNode('truth', unbounded, fast(), soundRules(), { mono: 0, wall: 0 })
  }

  get last(): number {
    return this.entries.length
  }

  /** The truth so far, for a history that goes on from another. */
  copied(history: string, upTo: number): Truth {
    const truth = new Truth(history)
    for (const entry of this.entries.slice(0, upTo)) truth.#commit(entry, 0)
    for (const [machine, last] of this.#reached) truth.reach(machine, Math.min(last, upTo))
    return truth
  }

  /** What this node takes for committed is the truth, and so is what it made of it. */
  check(node: Node, from: number, written: Written, now: number): void {
    for (let offset = from + 1; offset <= node.commit; offset++) {
      const entry = node.log.get(offset)
      if (offset > this.last) this.#learn(node, offset, entry, written, now)
      if (!entry) continue
      const known = this.entries[offset - 1]
      must(known !== undefined, '2 committed is in every log', () => `${node.id} skips to ${offset}`)
      must(
        known?.term === entry.term && known.offset === entry.offset && sameId(known, entry),
        '3 committed is never replaced',
        () => `${node.id} has ${show(entry)} at ${offset}, committed was ${known && show(known)}`,
      )
      this.#digest(node, offset, node.log.digestAt(offset))
    }
    if (!node.leading && node.applied <= node.commit) this.#digest(node, node.applied, node.digest)
  }

  /** The log of this machine has come as far. */
  reach(machine: string, offset: number): void {
    this.#reached.set(machine, Math.max(offset, this.#reached.get(machine) ?? 0))
  }

  /** How many machines ever had what stands there, at most. */
  holders(offset: number): number {
    return [...this.#reached.values()].filter((last) => last >= offset).length
  }

  /** What a read must have answered at that place. */
  valueAt(key: string, place: Place): unknown {
    const held = this.#keys.get(key) ?? []
    let last: Held | undefined
    for (let at = held.length - 1; at >= 0 && !last; at--) {
      const one = held[at]
      if (one && one.offset <= place.offset) last = one
    }
    const isGone = last === undefined || last.expiresAt <= place.time
    return isGone ? (key.startsWith('l') ? [] : null) : last?.value
  }

  /** The data as it must be after the last commit. */
  contents(keys: readonly string[], time: number): unknown {
    return keys.map((key) => [key, this.valueAt(key, { history: this.history, offset: this.last, time })])
  }

  /** What came with a snapshot is in no log any more: then it is taken from what leaders wrote. */
  #learn(node: Node, offset: number, entry: LogEntry | undefined, written: Written, now: number): void {
    const missing: LogEntry[] = []
    let term = entry?.term ?? node.log.termAt(node.log.base) ?? 0
    for (let at = entry ? offset : node.log.base; at > this.last; at--) {
      const found = written.get(`${term}:${at}`)
      if (!found) break
      missing.push(found.entry)
      term = found.before
    }
    for (const one of missing.reverse()) if (one.offset <= node.commit) this.#commit(one, now)
  }

  #digest(node: Node, offset: number, digest: number | undefined): void {
    const known = this.digests[offset - 1]
    must(
      digest === undefined || known === undefined || digest === known,
      '10 same state at same offset',
      () => `${node.id} differs at ${offset}`,
    )
  }

  #commit(entry: LogEntry, now: number): void {
    const { id, offset, time, operations } = entry
    const before = this.entries.at(-1)
    must(offset === this.last + 1, '3 the log has no gaps', () => `${show(entry)} comes at ${this.last + 1}`)
    must((before?.time ?? 0) <= time, '13 time never runs backwards', () => show(entry))
    if (id) {
      // Numbers are one sequence in a process, whatever they are counted for.
      const name = `${id.origin.split('/')[0]}:${id.seq}`
      must(!this.ids.has(name), '11 executed once', () => `${name} at ${this.ids.get(name)} and ${offset}`)
      this.ids.set(name, offset)
    }
    const { data } = this.#reference
    this.entries.push(entry)
    this.seenAt.push(now)
    this.#reference.log.append(entry)
    const outcome = data.apply(operations, time)
    applied(this.#reference, entry, { offset, time, outcome }, keysOfEntry(this.#reference, entry))
    this.outcomes.push(outcome)
    this.digests.push(this.#reference.digest)
    const touched = operations.length ? keysOfEntry(this.#reference, entry) : []
    for (const key of touched ?? this.#keys.keys()) this.#note(key, offset, time)
  }

  #note(key: string, offset: number, time: number): void {
    const ask = (command: Command) => {
      const outcome = this.#reference.data.read(command, time)
      return outcome.ok ? outcome.value : outcome.code
    }
    const value = key.startsWith('l')
      ? ask({ name: 'lrange', args: [key, 0, -1] })
      : ask({ name: 'get', args: [key] })
    const left = ask({ name: 'ttl', args: [key] })
    const expiresAt = typeof left === 'number' ? time + left : Number.POSITIVE_INFINITY
    const held = this.#keys.get(key)
    if (held) held.push({ offset, value, expiresAt })
    else this.#keys.set(key, [{ offset, value, expiresAt }])
  }
}

function sameId(left: LogEntry, right: LogEntry): boolean {
  return left.id?.origin === right.id?.origin && left.id?.seq === right.id?.seq
}

function show({ term, offset, id }: LogEntry): string {
  return `(${term}, ${offset}) ${id ? `${id.origin}:${id.seq}` : 'of nobody'}`
}
