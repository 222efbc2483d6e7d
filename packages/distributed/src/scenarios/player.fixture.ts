import { fast } from '../options.ts'
import type { Machine } from '../simulation/machine.fixture.ts'
import { must } from '../simulation/violation.fixture.ts'
import { QUIET, World } from '../simulation/world.fixture.ts'

/** A seed with which node a leads first, whether there are two or three. */
const LEADER_A = 24

/**
 * Plays a scenario: a text whose lines after `>` are what happens, and whose other lines between them are what was told of
 * it. Answers the text as it is now: where nothing has changed, it is the same.
 */
export class Player {
  readonly #told: string[] = []
  #world: World | undefined
  #values = 0
  #isLoaded = false

  play(text: string): string {
    const [head = '', ...rest] = text.split('\n> ')
    this.#told.push(head.trimEnd(), '')
    for (const part of rest) {
      const [line = ''] = part.split('\n')
      this.#told.push(`> ${line}`)
      const [verb = '', ...words] = line.split(' ')
      const act = this.#acts[verb]
      if (!act) throw new Error(`a scenario knows no ${verb}`)
      act(words)
    }
    return `${this.#told.join('\n')}\n`
  }

  readonly #acts: Readonly<Record<string, (words: readonly string[]) => void>> = {
    /** `start 3 ring=2000`: so many nodes, and options. */
    start: ([size = '3', ...options]) => {
      const said = options.map((option) => option.split('='))
      const set = Object.fromEntries(said.map(([name = '', value]) => [name, Number(value)]))
      const onLine = (line: string) => void this.#told.push(`    ${line}`)
      this.#world = new World({
        seed: LEADER_A,
        size: Number(size),
        options: { ...fast(), unclean: 'halt', ...set },
        onLine,
      })
      this.#world.network.jitter = 0
    },
    wait: ([ms]) => {
      this.#theWorld.agenda.runUntil(this.#theWorld.agenda.now + Number(ms))
    },
    /** `call b set k v`: a linearizable read, or a write acknowledged in sync. */
    call: ([name = '', command = '', ...args]) => {
      const wait = command === 'blpop' ? 1_500 : 0
      const known = command === 'blpop' ? [args, 0] : args
      const wish = { client: 0, command: { name: command, args: known }, deadline: 2_000, wait }
      const read = { kind: 'linearizable' } as const
      this.#theWorld.call(this.#machine(name), { ...wish, read, ack: 'in-sync' }, () => {})
    },
    /** `load b`: writes all the time from now on; `load off`: no more. */
    load: ([name = '']) => {
      this.#isLoaded = name !== 'off'
      if (this.#isLoaded) this.#write(this.#machine(name))
    },
    crash: ([name = '']) => this.#theWorld.crash(this.#machine(name)),
    restart: ([name = '']) => this.#machine(name).restart(),
    freeze: ([name = '']) => this.#machine(name).pause(),
    wake: ([name = '']) => this.#machine(name).resume(this.#theWorld.random),
    /** `cut a b`: nothing goes from a to b. */
    cut: ([from = '', to = '']) => this.#theWorld.network.cut(from, to),
    slow: ([name = '', ms]) => this.#theWorld.network.slow(name, Number(ms)),
    heal: () => this.#theWorld.network.heal(),
    leave: ([name = '']) => this.#machine(name).tell({ kind: 'close' }),
    dead: ([name = '']) => {
      const { id } = this.#machine(name).node
      for (const machine of this.#theWorld.machines) if (machine.isUp) machine.tell({ kind: 'dead', id })
    },
    coordinator: ([what]) => {
      const { coordinator } = this.#theWorld
      if (what === 'forgets') coordinator.forget()
      coordinator.isAway = what === 'away'
      coordinator.lost = what === 'loses-answers' ? 1 : 0
    },
    expect: ([what = '', ...words]) => this.#expect(what, words),
  }

  #expect(what: string, words: readonly string[]): void {
    const { coordinator, machines, news } = this.#theWorld
    const found = {
      leader: () => this.#theWorld.leader()?.name ?? 'none',
      'in-sync': () =>
        coordinator.record?.state.inSync
          .map((id) => id.slice(0, 1))
          .sort()
          .join(' '),
      snapshots: () => `${news.get('snapshot') ?? 0}`,
      unanswered: () => `${this.#theWorld.openCalls.length}`,
      /** `expect everywhere k v`: all nodes hold the same. */
      everywhere: () => {
        const [key = ''] = words
        const held = machines
          .filter(({ isUp }) => isUp)
          .map(({ node }) => {
            const outcome = node.data.read({ name: 'get', args: [key] }, node.time)
            return outcome.ok ? String(outcome.value) : outcome.code
          })
        return [key, ...new Set(held)].join(' ')
      },
    }[what]
    if (!found) throw new Error(`a scenario cannot expect ${what}`)
    must(found() === words.join(' '), what, () => `wanted ${words.join(' ')}, found ${found()}`)
  }

  #write(machine: Machine): void {
    if (!this.#isLoaded) return
    const args = [`k${this.#values % 5}`, `v${++this.#values}`]
    const wish = { client: QUIET, command: { name: 'set', args }, deadline: 1_000, wait: 0 }
    this.#theWorld.call(machine, { ...wish, read: { kind: 'local' }, ack: 'in-sync' }, () => {})
    this.#theWorld.agenda.plan(5, () => this.#write(machine))
  }

  get #theWorld(): World {
    if (this.#world) return this.#world
    throw new Error('a scenario begins with start')
  }

  #machine(name: string): Machine {
    return this.#theWorld.machine(name)
  }
}
