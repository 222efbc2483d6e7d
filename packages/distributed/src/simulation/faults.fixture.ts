import type { Machine } from './machine.fixture.ts'
import type { Shape } from './shape.fixture.ts'
import type { World } from './world.fixture.ts'

/** What goes wrong, at random. */
export class Faults {
  readonly #world: World
  readonly #shape: Shape
  #isOver = false

  constructor(world: World, shape: Shape) {
    this.#world = world
    this.#shape = shape
  }

  start(): void {
    const { random, network, coordinator } = this.#world
    const { may } = this.#shape
    network.delay = random.pick([0.3, 1, 5])
    if (may.loss) {
      network.loss = random.between(0, this.#shape.loss)
      network.twice = random.between(0, 0.08)
      network.late = random.between(0, 0.1)
    }
    if (may.delay) coordinator.delay = random.pick([20, 80, 160])
    if (may.coordinator) {
      coordinator.lost = random.between(0, 0.2)
      coordinator.late = random.between(0, 0.15)
    }
    this.#next()
  }

  /** All is well from now on. */
  end(): void {
    this.#isOver = true
    const { network, coordinator, machines, random } = this.#world
    network.heal()
    network.loss = 0
    network.twice = 0
    network.late = 0
    coordinator.isAway = false
    coordinator.delay = 4
    coordinator.lost = 0
    coordinator.late = 0
    coordinator.cut.clear()
    for (const machine of machines) {
      machine.resume(random)
      machine.hurt()
      if (!machine.isUp) machine.restart()
    }
    this.#world.line('world', 'all faults have ended')
  }

  #next(): void {
    const { agenda, random } = this.#world
    agenda.plan(random.between(40, 350), () => {
      if (this.#isOver) return
      this.#happen()
      this.#next()
    })
  }

  #happen(): void {
    const world = this.#world
    const { random, network, coordinator, agenda } = world
    const { may } = this.#shape
    const machine = random.chance(0.5)
      ? (world.leader() ?? random.pick(world.machines))
      : random.pick(world.machines)
    const after = (ms: number, run: () => void) => agenda.plan(ms, () => !this.#isOver && run())
    const share = random.next()
    const leader = world.leader()
    if (may.lies && leader && random.chance(0.3)) {
      for (const other of world.machines)
        if (other.isUp && other !== leader) other.tell({ kind: 'dead', id: leader.node.id })
    }
    // Who has nothing, and reaches nobody who has, cannot know that there was a record.
    const areFull = world.machines.every(({ node }) => node.synced)
    if (may.forget && areFull && random.chance(0.15)) coordinator.forget()
    if (share < 0.3 && may.crash && this.#maySpare(machine)) {
      world.crash(machine)
      after(random.between(10, 900), () => !machine.isUp && machine.restart())
      const { process } = machine
      if (random.chance(0.3)) {
        // Somebody's connection is refused: the process is dead for certain.
        for (const other of world.machines)
          if (other.isUp) other.tell({ kind: 'dead', id: `${process}~${machine.node.life}` })
      }
    } else if (share < 0.5 && may.pause && machine.isUp && !machine.isPaused) {
      world.line(machine.process, 'is frozen')
      machine.pause()
      after(random.pick([30, 150, 400, 900]), () => {
        world.line(machine.process, 'wakes')
        machine.resume(random)
      })
    } else if (share < 0.75 && may.cut) this.#cut(machine, after)
    else if (share < 0.85 && may.coordinator) {
      machine.hurt()
      if (random.chance(0.5)) coordinator.isAway = !coordinator.isAway
      else if (coordinator.cut.has(machine.name)) coordinator.cut.delete(machine.name)
      else coordinator.cut.add(machine.name)
      world.line(
        'coordinator',
        coordinator.isAway ? 'is away' : `is there, but for ${[...coordinator.cut].join(' ')}`,
      )
    } else if (share < 0.92 && may.leave && machine.isUp && this.#maySpare(machine)) {
      world.line(machine.process, 'is asked to leave')
      machine.tell({ kind: 'close' })
    } else if (share < 0.96) {
      network.slow(machine.name, random.pick([0, 20, 120]))
    }
  }

  #cut(machine: Machine, after: (ms: number, run: () => void) => void): void {
    const { network, random, machines } = this.#world
    this.#world.line(machine.process, 'is cut off')
    const ways = random.pick(['in', 'out', 'both', 'turns'])
    const others = machines.filter(({ name }) => name !== machine.name && !random.chance(0.2))
    for (const { name } of others) {
      if (ways !== 'in') network.cut(machine.name, name)
      if (ways === 'in' || ways === 'both') network.cut(name, machine.name)
    }
    if (ways === 'turns') {
      // First it is not heard, then it does not hear: in between it may be taken for gone, and for back.
      after(random.between(350, 800), () => {
        network.heal()
        after(random.between(0, 60), () => {
          for (const { name } of others) network.cut(name, machine.name)
          after(random.between(150, 500), () => network.heal())
        })
      })
      return
    }
    after(random.pick([50, 250, 600, 1_200]), () => {
      this.#world.line('network', 'is whole again')
      network.heal()
    })
  }

  /** The last in-sync member lives, unless this life is about what happens else. */
  #maySpare(machine: Machine): boolean {
    const inSync = this.#world.coordinator.record?.state.inSync ?? []
    const others = this.#world.machines.filter(({ isUp, name }) => isUp && name !== machine.name)
    return this.#shape.may.unclean || others.some(({ node }) => inSync.includes(node.id))
  }
}
