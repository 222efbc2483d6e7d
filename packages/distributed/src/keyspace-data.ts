import type { Entry } from '@jcache/driver'
import {
  type Collection,
  hashGroup,
  Keyspace,
  keyGroup,
  listGroup,
  type Revivals,
  serverGroup,
  setGroup,
  sortedSetGroup,
  stringGroup,
  type Value,
} from '@jcache/memory'
import { CopyOnWrite } from './copy-on-write.ts'
import type { Data, Execution, Operation, Piece, Read, Size, Slices } from './data.ts'
import { mixed, printOf } from './digest.ts'
import { DROP, DUMP, type EntryCommands, LOAD } from './entry-rows.ts'
import { stillParts } from './keyspace-parts.ts'
import { KeyspaceSlots } from './keyspace-slots.ts'
import { keysOf, misuse, modeOf, outcomeOfThrown } from './known-commands.ts'
import type { Command, Outcome } from './request.ts'
import { addition, attemptsOf, choice } from './resolve.ts'
import { faultOf } from './weight.ts'

/** Bounds of what a leader holds; followers hold what the leader does. */
export interface Bounds {
  readonly maxEntries: number
  readonly maxBytes: number
  /** Bytes of what one write that takes by chance may log; beyond, it is refused. No bound unless said. */
  readonly maxEffect?: number
}

const UNBOUND: Bounds = { maxEntries: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY }

type Handlers = ReadonlyMap<string, Read>

/** The data in a keyspace of the memory tier: every command of the table, run at the time it is told. */
export class KeyspaceData implements Data {
  time = 0
  readonly #space: Keyspace
  readonly #bounds: Bounds
  /** What the keyspace sees: no bounds, but while the leader executes. */
  readonly #limits = { ...UNBOUND }
  readonly #handlers: Handlers
  readonly #revivals: Revivals
  readonly #evicted: string[] = []
  readonly #sweep: (time: number) => void
  readonly #slots: KeyspaceSlots
  readonly #slices = new Set<CopyOnWrite>()

  constructor(bounds: Bounds) {
    this.#bounds = bounds
    const options = Object.assign(this.#limits, {
      now: () => this.time,
      onEvict: (key: string) => void this.#evicted.push(key),
    })
    const groups = [keyGroup, serverGroup, stringGroup, hashGroup, listGroup, setGroup, sortedSetGroup]
    const parts = stillParts()
    this.#space = new Keyspace(options, parts)
    this.#sweep = parts.sweep
    this.#slots = new KeyspaceSlots(this.#space, parts.expiresAt)
    const ofEntries: EntryCommands = {
      [DUMP]: (key, limit) => this.#dump(key, limit),
      [LOAD]: (key, entry) => this.#replace(key, entry),
      [DROP]: (keys) => {
        for (const key of keys) this.#space.delete(key)
        return null
      },
    }
    const handlers: Record<string, Read> = Object.assign(
      {},
      ...groups.map((group) => group.commands(this.#space)),
      ofEntries,
    )
    this.#handlers = new Map(Object.entries(handlers))
    this.#revivals = Object.assign({}, ...groups.map((group) => group.revive))
  }

  modeOf(command: Command): 'read' | 'write' | 'block' {
    return modeOf(command)
  }

  misuse(command: Command): Outcome | undefined {
    return misuse(command)
  }

  keysOf(command: Command): readonly string[] | null {
    return keysOf(command)
  }

  read(command: Command, time: number): Outcome {
    this.time = time
    return this.#outcomeOf(command)
  }

  reader(name: string): Read {
    return this.#handlers.get(name) ?? (() => undefined)
  }

  execute(command: Command, time: number, woken = false): Execution | null {
    this.time = time
    if (command.name === 'spop') return this.#take(command)
    if (this.modeOf(command) === 'write') return this.#write(command, (value) => value)
    for (const attempt of attemptsOf(command)) {
      const held = this.#held(attempt.key)
      const isPassed = woken && held !== undefined && typeOf(held) !== attempt.type
      if (held === undefined || isPassed) continue
      return this.#write(attempt.command, attempt.answer)
    }
    return null
  }

  apply(operations: readonly Operation[], time: number): Outcome {
    this.time = time
    let outcome: Outcome = { ok: true, value: null }
    for (const operation of operations) {
      if (operation.kind === 'load') this.#load(operation.key, operation.entry)
      else if (operation.kind === 'drop') for (const key of operation.keys) this.#space.delete(key)
      else {
        const found = this.#outcomeOf(operation.command)
        const answer = operation.reply === undefined ? found : { ok: true as const, value: operation.reply }
        if (operation === operations[0]) outcome = answer
      }
    }
    return outcome
  }

  witness(keys: readonly string[] | null): number {
    let print = 0
    for (const key of keys ?? []) {
      const slot = this.#space.find(key)
      const value = this.#space.valueAt(slot)
      print = mixed(
        print,
        value === undefined ? -1 : typeof value === 'string' ? printOf(value) : sumOf(value),
      )
      // A fraction of a millisecond is nobody's, but all of 2^53 is more than a word.
      print = mixed(print, slot < 0 ? -1 : this.#slots.expiresAt(slot) % 2 ** 32)
    }
    return print
  }

  slices(time: number): Slices {
    this.time = time
    const slices = new CopyOnWrite(this.#slots, (closed) => this.#slices.delete(closed))
    this.#slices.add(slices)
    return slices
  }

  load(pieces: readonly Piece[]): void {
    // What has expired since is seen to be so by who reads it.
    this.time = Number.NEGATIVE_INFINITY
    for (const [key, entry, isMore] of pieces) {
      if (!entry) this.#space.delete(key)
      else if (isMore) this.#outcomeOf(addition(key, entry))
      else this.#load(key, entry)
    }
  }

  expire(time: number): void {
    this.time = time
    this.#sweep(time)
  }

  get size(): Size {
    const { size, bytes } = this.#space
    return { keys: size, bytes }
  }

  clear(): void {
    this.#space.clear()
  }

  #write(command: Command, answer: (value: unknown) => unknown): Execution {
    const keys = this.keysOf(command)
    for (const slices of this.#slices) slices.beforeChange(keys)
    const before = this.#revision()
    this.#bound(this.#bounds)
    const outcome = this.#outcomeOf(command)
    this.#bound(UNBOUND)
    const evicted = this.#evicted.length > 0 ? this.#evicted.splice(0) : this.#evicted
    for (const slices of this.#slices) slices.beforeChange(evicted)
    if (this.#revision() === before) return { outcome: answered(outcome, answer), operations: [], keys }
    const operations = outcome.ok
      ? [logged(command, outcome.value, answer)]
      : (keys ?? []).map((key) => this.#whole(key))
    for (const key of evicted) operations.push(this.#whole(key))
    const touched = keys && evicted.length > 0 ? [...keys, ...evicted] : keys
    return { outcome: answered(outcome, answer), operations, keys: touched }
  }

  #bound({ maxEntries, maxBytes }: Bounds): void {
    this.#limits.maxEntries = maxEntries
    this.#limits.maxBytes = maxBytes
  }

  /** What is taken by chance is chosen first, and then removed: as that it is logged. */
  #take(command: Command): Execution {
    const chosen = this.#outcomeOf(choice(command))
    const taken = chosen.ok ? chosen.value : null
    const members = [taken].flat().filter((member) => member !== null)
    const { maxEffect = Number.POSITIVE_INFINITY } = this.#bounds
    // They are logged twice: as what is removed, and as the reply.
    const fault = faultOf(members, maxEffect / 2)
    if (fault === null && members.length > 0)
      return this.#write({ name: 'srem', args: [command.args[0], ...members] }, () => taken)
    const outcome: Outcome = fault === null ? chosen : { ok: false, code: 'OUT_OF_RANGE', message: fault }
    return { outcome, operations: [], keys: this.keysOf(command) }
  }

  #held(key: string): Value | undefined {
    return this.#space.valueAt(this.#space.find(key))
  }

  /** Counts changes by commands; keys that have expired are nobody's change. */
  #revision(): number {
    return this.#space.changes - this.#space.expirations
  }

  /** What makes the key what it is here. */
  #whole(key: string): Operation {
    const entry = this.#copy(key)
    return entry ? { kind: 'load', key, entry } : { kind: 'drop', keys: [key] }
  }

  #copy(key: string): Entry | null {
    const slot = this.#space.find(key)
    const [piece] = this.#slots.at(slot)?.next(Number.POSITIVE_INFINITY) ?? []
    return piece?.[1] ?? null
  }

  #dump(key: string, limit: number): Entry | null | 'too-big' {
    const value = this.#held(key)
    const size = typeof value === 'object' ? value.chars : (value?.length ?? 0)
    return size > limit ? 'too-big' : this.#copy(key)
  }

  /** What has expired by now, or has nothing in it, is no key. */
  #replace(key: string, entry: Entry): null {
    const isPast = entry.expiresAt !== null && entry.expiresAt <= this.time
    if (isPast || (entry.type !== 'string' && entry.value.length === 0)) this.#space.delete(key)
    else this.#load(key, entry)
    return null
  }

  #load(key: string, entry: Entry): void {
    const value = this.#revived(entry)
    if (value !== undefined) this.#space.put(key, value, entry.expiresAt ?? 0)
  }

  #revived(entry: Entry): Value | undefined {
    if (entry.type === 'string') return entry.value
    // The function of a type takes the value of that type, which TypeScript does not see once there are several.
    const make = this.#revivals[entry.type] as ((value: Entry['value']) => Value) | undefined
    return make?.(entry.value)
  }

  #outcomeOf(command: Command): Outcome {
    try {
      return { ok: true, value: this.#handlers.get(command.name)?.(...command.args) }
    } catch (error) {
      return outcomeOfThrown(command, error)
    }
  }
}

function sumOf({ chars, size }: Collection): number {
  return chars * 31 + size
}

function typeOf(value: Value): Entry['type'] {
  return typeof value === 'string' ? 'string' : value.type
}

function answered(outcome: Outcome, answer: (value: unknown) => unknown): Outcome {
  return outcome.ok ? { ok: true, value: answer(outcome.value) } : outcome
}

/** The command itself, since it does the same on the same data at the same time. One that stands for another answers as that. */
function logged(command: Command, value: unknown, answer: (value: unknown) => unknown): Operation {
  const reply = answer(value)
  return reply === value ? { kind: 'run', command } : { kind: 'run', command, reply }
}
