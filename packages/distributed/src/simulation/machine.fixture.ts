import { placeOf, stalenessOf } from '../calls.ts'
import type { Answer, Effect } from '../effect.ts'
import type { Event } from '../event.ts'
import { KeyspaceData } from '../keyspace-data.ts'
import { timeOfLocalRead } from '../local-read.ts'
import { createNode, type Node } from '../node.ts'
import type { Options } from '../options.ts'
import type { Command } from '../request.ts'
import type { Rules } from '../rules.ts'
import { step } from '../step.ts'
import type { Agenda } from './agenda.fixture.ts'
import type { Random } from './random.fixture.ts'

/** The world around a machine. */
interface Surroundings {
  readonly agenda: Agenda
  carryOut(machine: Machine, effects: readonly Effect[]): void
  started(machine: Machine): void
}

/** One process with its clocks. A crash takes all it knows; the next run of it is another process. */
export class Machine {
  readonly name: string
  run = 0
  node: Node
  isUp = true
  /** Frozen: nothing runs, everything waits. */
  isPaused = false
  pausedAt = 0
  /** How long it was frozen in all: no call can be answered then. */
  pausedFor = 0
  /** When something happened to it last. */
  hurtAt = 0
  checked = { id: '', history: '' as string | null, commit: 0 }
  readonly #world: Surroundings
  readonly #options: Options
  readonly #rules: Rules
  readonly #skew: number
  readonly #rate: number
  readonly #phase: number
  #waiting: Event[] = []

  constructor(world: Surroundings, name: string, options: Options, rules: Rules, random: Random) {
    this.#world = world
    this.name = name
    this.#options = options
    this.#rules = rules
    // An hour off, and up to half a hundredth fast or slow.
    this.#skew = random.chance(0.3) ? random.between(-3_600_000, 3_600_000) : random.between(-50, 50)
    this.#rate = random.between(0.995, 1.005)
    this.#phase = random.between(0, 1_000)
    this.node = this.#start()
  }

  get process(): string {
    return `${this.name}${this.run}`
  }

  /** What happens to the node; a frozen one learns of it when it wakes. */
  tell(event: Event): void {
    if (!this.isUp) return
    if (this.isPaused) this.#waiting.push(event)
    else this.#world.carryOut(this, step(this.node, event, this.#time()))
  }

  /** The answer of a local read, straight from the data as callers of a node get it; undefined where it has to be a call. */
  look(command: Command): Answer | undefined {
    const { node } = this
    const time = this.isPaused ? undefined : timeOfLocalRead(node, () => this.#time().mono)
    if (time === undefined) return undefined
    const outcome = node.data.read(command, time)
    return { kind: 'done', outcome, place: placeOf(node), staleness: stalenessOf(node) }
  }

  crash(): void {
    this.isUp = false
    this.isPaused = false
    this.#waiting = []
  }

  restart(): void {
    this.hurt()
    this.run++
    this.isUp = true
    this.node = this.#start()
    this.#world.started(this)
  }

  pause(): void {
    this.isPaused = true
    this.pausedAt = this.#world.agenda.now
  }

  /** Others may have lost sight of it. */
  hurt(): void {
    this.hurtAt = this.#world.agenda.now
  }

  resume(random: Random): void {
    if (!this.isPaused) return
    this.hurt()
    this.isPaused = false
    this.pausedFor += this.#world.agenda.now - this.pausedAt
    const waiting = this.#waiting
    this.#waiting = []
    // Timers and sockets come in any order when a process wakes.
    if (random.chance(0.5)) this.tell({ kind: 'tick' })
    for (const event of waiting) this.tell(event)
  }

  #start(): Node {
    const data = new KeyspaceData({ maxEntries: Infinity, maxBytes: Infinity })
    const node = createNode(this.process, data, this.#options, this.#rules, this.#time())
    this.checked = { id: '', history: null, commit: 0 }
    const { process } = this
    const tick = () => {
      if (!this.isUp || this.process !== process) return
      if (!this.isPaused) this.tell({ kind: 'tick' })
      this.#world.agenda.plan(this.#options.tick / this.#rate, tick)
    }
    this.#world.agenda.plan(this.#phase % this.#options.tick, tick)
    return node
  }

  #time(): { readonly mono: number; readonly wall: number } {
    const { now } = this.#world.agenda
    return {
      mono: this.#phase * 1_000 + now * this.#rate,
      wall: 1_700_000_000_000 + this.#skew + now * this.#rate,
    }
  }
}
