import { type Command, laterPlace, type Place, type ReadLevel } from '../request.ts'
import type { Machine } from './machine.fixture.ts'
import type { Operation } from './operation.fixture.ts'
import type { Random } from './random.fixture.ts'
import { must } from './violation.fixture.ts'
import type { World } from './world.fixture.ts'

/** One caller: a call, its answer, a little time, the next call, here or at another node. */
export class Client {
  readonly #world: World
  readonly #number: number
  readonly #random: Random
  #machine: Machine
  #seen: Place | null = null
  #isOver = false
  isIdle = true

  constructor(world: World, number: number, random: Random) {
    this.#world = world
    this.#number = number
    this.#random = random
    this.#machine = random.pick(world.machines)
  }

  start(): void {
    this.#world.agenda.plan(this.#random.between(0, 30), () => this.#next())
  }

  stop(): void {
    this.#isOver = true
  }

  #next(): void {
    if (this.#isOver) return
    const random = this.#random
    if (random.chance(0.1) || !this.#machine.isUp) this.#machine = random.pick(this.#world.machines)
    if (!this.#machine.isUp) {
      this.#world.agenda.plan(random.between(5, 50), () => this.#next())
      return
    }
    this.isIdle = false
    const command = this.#command()
    const read = this.#level()
    const ack = random.chance(0.85) ? 'in-sync' : random.chance(0.6) ? 'leader' : 2
    const deadline = random.between(200, 2_500)
    const wait = command.name === 'blpop' ? deadline / 2 : 0
    this.#world.call(
      this.#machine,
      { client: this.#number, command, read, ack, deadline, wait },
      (operation) => {
        this.#note(operation)
        this.isIdle = true
        this.#world.agenda.plan(random.between(1, 25), () => this.#next())
      },
    )
  }

  #note({ answer, read, mode, ack }: Operation): void {
    // What the leader alone holds may be lost: a session that counts on it may wait for ever.
    if (answer?.kind !== 'done' || (mode !== 'read' && ack !== 'in-sync')) return
    const { place } = answer
    const seen = this.#seen
    const isSame = seen?.history === place.history
    if (isSame && read.kind === 'session' && mode === 'read')
      must(
        place.offset >= seen.offset && place.time >= seen.time,
        '12 sessions never go back',
        () => `client ${this.#number} saw ${seen.offset}@${seen.time}, then ${place.offset}@${place.time}`,
      )
    this.#seen = laterPlace(seen, place)
  }

  #level(): ReadLevel {
    const share = this.#random.next()
    if (share < 0.4) return { kind: 'linearizable' }
    if (share < 0.6) return { kind: 'session', seen: this.#seen }
    if (share < 0.8) return { kind: 'staleness', most: this.#random.between(20, 400) }
    return { kind: 'local' }
  }

  #command(): Command {
    const random = this.#random
    const register = `r${random.whole(0, 2)}`
    const counter = `c${random.whole(0, 1)}`
    const list = `l${random.whole(0, 1)}`
    const text = this.#world.newText()
    const share = random.next()
    if (share < 0.18) return { name: 'get', args: [register] }
    if (share < 0.24) return { name: 'get', args: [counter] }
    if (share < 0.3) return { name: 'get', args: ['t'] }
    if (share < 0.36) return { name: 'lrange', args: [list, 0, -1] }
    if (share < 0.56) return { name: 'set', args: [register, text] }
    if (share < 0.62) return { name: 'incr', args: [counter] }
    if (share < 0.66) return { name: 'setnx', args: [register, text] }
    if (share < 0.7) return { name: 'del', args: [register] }
    if (share < 0.74) return { name: 'set', args: ['t', text, { ttl: random.whole(20, 600) }] }
    if (share < 0.76) return { name: 'persist', args: ['t'] }
    if (share < 0.78)
      return {
        name: 'mset',
        args: [
          [
            ['r0', text],
            ['r1', text],
          ],
        ],
      }
    if (share < 0.87) return { name: 'rpush', args: [list, text] }
    if (share < 0.91) return { name: 'lpop', args: [list] }
    if (share < 0.93) return { name: 'lmove', args: ['l0', 'l1', 'left', 'right'] }
    if (share < 0.995) return { name: 'blpop', args: [[list], 0] }
    return { name: 'flushall', args: [] }
  }
}
