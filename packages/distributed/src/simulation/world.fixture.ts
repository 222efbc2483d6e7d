import type { Answer, Effect, News } from '../effect.ts'
import type { Message } from '../message.ts'
import { fast, type Options } from '../options.ts'
import { type Authority, processOf } from '../record.ts'
import { type Rules, soundRules } from '../rules.ts'
import { Agenda } from './agenda.fixture.ts'
import { SimulatedCoordinator } from './coordinator.fixture.ts'
import { isLinear, judge } from './judge.fixture.ts'
import { Machine } from './machine.fixture.ts'
import { Network } from './network.fixture.ts'
import type { Operation } from './operation.fixture.ts'
import { Random } from './random.fixture.ts'
import { showAnswer, showCommand, showNews } from './show.fixture.ts'
import { Truth, type Written } from './truth.fixture.ts'
import { must } from './violation.fixture.ts'

export interface WorldOptions {
  readonly seed: number
  readonly size: number
  readonly options?: Partial<Options>
  readonly rules?: Partial<Rules>
  /** Whether what must never happen ends the world. */
  readonly isJudged?: boolean
  /** Called with every line of the transcript; without it none is made. */
  readonly onLine?: ((line: string) => void) | undefined
}

/** How long after it was hurt a machine may be taken for gone. */
const WELL_AFTER = 2_000

/** The client whose calls stand in no transcript. */
export const QUIET = -1

type Wish = Pick<Operation, 'client' | 'command' | 'read' | 'ack'> & {
  readonly deadline: number
  readonly wait: number
}

/** Machines, the network between them, the coordinator, and the truth that everything is held against. */
export class World {
  readonly random: Random
  readonly agenda: Agenda = new Agenda()
  readonly network: Network
  readonly coordinator: SimulatedCoordinator
  readonly machines: readonly Machine[]
  readonly operations: Operation[] = []
  truth: Truth | null = null
  /** Time that was seen to have passed, in the latest history. */
  time = 0
  readonly truths: Map<string, Truth> = new Map()
  readonly leaders: Map<number, string> = new Map()
  readonly news: Map<News['kind'], number> = new Map()
  readonly #options: Options
  readonly #onLine: ((line: string) => void) | undefined
  readonly #open = new Map<
    string,
    { operation: Operation; done: (operation: Operation) => void; deadline: number; pausedFor: number }
  >()
  readonly #isJudged: boolean
  readonly #written: Written = new Map()
  #seq = 0
  #texts = 0

  constructor({ seed, size, options = {}, rules = {}, onLine, isJudged = true }: WorldOptions) {
    this.random = new Random(seed)
    this.network = new Network(this.agenda, this.random)
    this.coordinator = new SimulatedCoordinator(this.agenda, this.random)
    this.#onLine = onLine
    this.#isJudged = isJudged
    this.#options = { ...fast(), ...options }
    const all = { ...soundRules(), ...rules }
    const names = ['a', 'b', 'c', 'd', 'e'].slice(0, size)
    this.machines = names.map((name) => new Machine(this, name, this.#options, all, this.random))
    for (const machine of this.machines) this.started(machine)
    this.coordinator.onSwap = (before, next) => {
      this.line(
        'coordinator',
        `record: term ${next.term}, leader ${next.leader}, in sync ${next.inSync.join(' ')}`,
      )
      if (before && before.history !== next.history) this.#judgeUnclean(before)
    }
    this.coordinator.onForget = () => {
      this.line('coordinator', 'has lost its data')
      // Who is founded now begins to count terms anew.
      this.leaders.clear()
    }
    this.coordinator.onHint = () => {
      for (const machine of this.machines)
        if (this.coordinator.hints(machine.name)) machine.tell({ kind: 'hint' })
    }
  }

  newText(): string {
    return `v${++this.#texts}`
  }

  machine(name: string): Machine {
    const found = this.machines.find((machine) => machine.name === name)
    if (found) return found
    throw new Error(`there is no machine ${name}`)
  }

  /** The machine that leads, as far as it knows; the latest if several think so. */
  leader(): Machine | undefined {
    const leading = this.machines.filter(({ isUp, node }) => isUp && node.leading)
    return leading.sort((left, right) => right.node.term - left.node.term)[0]
  }

  started(machine: Machine): void {
    const { process } = machine
    const beat = () => {
      if (!machine.isUp || machine.process !== process || machine.node.closed) return
      if (!machine.isPaused) this.coordinator.keepAlive(machine.node.id, machine.name)
      this.agenda.plan(100, beat)
    }
    // The machine is made before it is a part of this world.
    this.agenda.plan(0, beat)
  }

  /** Calls a node; `done` is called when the call has ended, also by the end of the node. */
  call(machine: Machine, wish: Wish, done: (operation: Operation) => void): void {
    const { client, command, read, ack, deadline, wait } = wish
    const seq = ++this.#seq
    const operation: Operation = {
      client,
      name: `${machine.process}:${seq}`,
      command,
      mode: machine.node.data.modeOf(command),
      ack,
      read,
      began: this.agenda.now,
      floor: { history: this.truth?.history ?? null, offset: this.truth?.last ?? 0, time: this.time },
      ended: Number.POSITIVE_INFINITY,
      history: null,
      answer: null,
    }
    this.operations.push(operation)
    this.#open.set(operation.name, { operation, done, deadline, pausedFor: machine.pausedFor })
    if (client !== QUIET) this.line(machine.process, `call ${seq} ${showCommand(operation)}`)
    const isLocal = operation.mode === 'read' && read.kind === 'local'
    const seen = isLocal ? machine.look(command) : undefined
    if (seen) this.#end(operation.name, seen, machine)
    else machine.tell({ kind: 'call', seq, wish: { command, ack, read, deadline, wait } })
  }

  cancel(machine: Machine, operation: Operation): void {
    machine.tell({ kind: 'cancel', seq: Number(operation.name.split(':')[1]) })
  }

  crash(machine: Machine): void {
    this.line(machine.process, 'crashes')
    machine.crash()
    this.#endCallsOf(machine.process)
  }

  carryOut(machine: Machine, effects: readonly Effect[]): void {
    for (const effect of effects) this.#carryOut(machine, effect)
    // A leader writes and commits without a word to anyone.
    if (effects.length || machine.node.leading) this.#check(machine)
  }

  line(who: string, what: string): void {
    this.#onLine?.(`${this.agenda.now.toFixed(1).padStart(8)}  ${who.padEnd(11)} ${what}`)
  }

  /** Calls that have not ended. */
  get openCalls(): readonly Operation[] {
    return [...this.#open.values()].map(({ operation }) => operation)
  }

  #carryOut(machine: Machine, effect: Effect): void {
    const { node, process } = machine
    const isSame = () => machine.process === process
    switch (effect.kind) {
      case 'send':
        this.#send(machine, effect.to, effect.message)
        break
      case 'flush':
        this.agenda.plan(0.05, () => isSame() && machine.tell({ kind: 'flush' }))
        break
      case 'look':
      case 'swap':
        this.coordinator.ask(machine.name, effect, (event) => isSame() && machine.tell(event))
        break
      case 'answer':
        // The truth first: what is answered must be in it.
        this.#check(machine)
        this.#end(`${process}:${effect.seq}`, effect.answer, machine)
        break
      case 'announce':
        this.coordinator.withdraw(node.id)
        this.coordinator.keepAlive(effect.id, machine.name)
        break
      case 'closed':
        this.line(process, 'has left')
        this.coordinator.withdraw(node.id)
        machine.crash()
        this.#endCallsOf(process)
        this.agenda.plan(this.random.between(20, 400), () => !machine.isUp && machine.restart())
        break
      case 'tell':
        this.#tell(machine, effect.news)
        break
    }
  }

  #send(machine: Machine, to: string, message: Message): void {
    const target = this.machines.find(({ name }) => to.startsWith(name))
    if (!target) return
    const { id } = machine.node
    this.network.carry(machine.name, target.name, () => {
      if (target.isUp && target.node.id === to) target.tell({ kind: 'message', from: id, message })
    })
  }

  #tell({ node }: Machine, news: News): void {
    this.news.set(news.kind, (this.news.get(news.kind) ?? 0) + 1)
    this.line(node.id, showNews(news))
    if (news.kind !== 'leading') return
    const other = this.leaders.get(news.term)
    must(other === undefined || other === node.id, '1 one leader per term', () => `${other} and ${node.id}`)
    this.leaders.set(news.term, node.id)
    const { history } = node
    if (history === null || this.truths.has(history)) return
    const before = this.truth
    let common = before ? Math.min(before.last, node.log.last) : 0
    while (common > 0 && before?.entries[common - 1]?.term !== node.log.termAt(common)) common--
    this.truth = before && common > 0 ? before.copied(history, common) : new Truth(history)
    this.truths.set(history, this.truth)
    this.time = 0
  }

  #check(machine: Machine): void {
    const { node, checked } = machine
    if (checked.id !== node.id || checked.history !== node.history) {
      checked.id = node.id
      checked.history = node.history
      checked.commit = 0
    }
    const truth = node.history === null ? undefined : this.truths.get(node.history)
    if (!truth) return
    const { log } = node
    if (node.leading)
      for (
        let at = log.last;
        log.termAt(at) === node.term && !this.#written.has(`${node.term}:${at}`);
        at--
      ) {
        const entry = log.get(at)
        if (entry) this.#written.set(`${node.term}:${at}`, { entry, before: log.termAt(at - 1) ?? 0 })
      }
    if (!this.#isJudged) return
    truth.check(node, checked.commit, this.#written, this.agenda.now)
    checked.commit = node.commit
    truth.reach(machine.name, log.last)
    must(
      log.bytes <= this.#options.ring + this.#options.uncommitted + 4_096,
      '17 memory is bounded',
      () => `${node.id} keeps ${log.bytes} bytes of log`,
    )
  }

  #end(name: string, answer: Answer, machine: Machine): void {
    const open = this.#open.get(name)
    if (!open) return
    const { operation, done, deadline, pausedFor } = open
    this.#open.delete(name)
    operation.answer = answer
    operation.ended = this.agenda.now
    operation.history = this.truth?.history ?? null
    if (operation.client !== QUIET)
      this.line(machine.process, `answers ${name.split(':')[1]} ${showAnswer(answer)}`)
    const took = operation.ended - operation.began - (machine.pausedFor - pausedFor)
    must(took <= deadline * 1.01 + 60, '14 every call ends by its deadline', () => `${name} took ${took} ms`)
    if (this.#isJudged) judge(operation, answer, this.truths, this.#options.minInSync)
    const isLatest = answer.kind === 'done' && answer.place.history === this.truth?.history
    if (isLatest && isLinear(operation)) this.time = Math.max(this.time, answer.place.time)
    done(operation)
  }

  #endCallsOf(process: string): void {
    for (const [name, { operation, done }] of [...this.#open]) {
      if (processOf(`${name.replace(':', '~')}`) !== process) continue
      this.#open.delete(name)
      operation.ended = this.agenda.now
      done(operation)
    }
  }

  /** A new history may begin only when nobody is left who has the old one, unless nobody ever led by it. */
  #judgeUnclean({ history, inSync }: Authority): void {
    if (!this.truths.has(history)) return
    for (const { isUp, isPaused, node, name, hurtAt } of this.machines) {
      // Whoever was away a moment ago may have been given up already.
      const isWell = isUp && !isPaused && !node.closed && this.agenda.now - hurtAt > WELL_AFTER
      const isThere = isWell && !this.coordinator.cut.has(name)
      must(!isThere || !inSync.includes(node.id), '4 no unclean election while a member lives', () => node.id)
    }
  }
}
