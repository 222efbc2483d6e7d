import { performance } from 'node:perf_hooks'
import type { Coordinator, Member } from '@jcache/driver/election'
import type { Data } from './data.ts'
import type { Answer, Effect, News } from './effect.ts'
import type { Event } from './event.ts'
import { createNode, type Node } from './node.ts'
import { Numbered } from './numbered.ts'
import type { Options } from './options.ts'
import type { Authority } from './record.ts'
import { recorded } from './recorded.ts'
import type { Wish } from './request.ts'
import { soundRules } from './rules.ts'
import { step } from './step.ts'
import type { OpenTransport, Transport, TransportError, TransportStatus } from './transport.ts'

/** What a node runs on. */
export interface Surroundings {
  /** Names the process for one run. */
  readonly process: string
  readonly data: Data
  readonly options: Options
  readonly coordinator: Coordinator
  readonly open: OpenTransport
  /** Told what happens; it must not throw. */
  readonly onNews: (news: News) => void
  /** Told what the coordinator could not do, null when it can again; it must not throw. */
  readonly onCoordinator: (error: unknown) => void
  /** Told what the transport refused or dropped; it must not throw. */
  readonly onFault: (error: TransportError) => void
}

/** Milliseconds before the coordinator is asked again to announce this node. */
const REJOIN = 500

/**
 * Lets a machine run: tells it the time, what arrives, and what the coordinator answers, and carries out what it wants.
 * Nothing is decided here.
 */
export class Runtime {
  readonly node: Node
  /** Why the coordinator was last of no help, null while it is. */
  trouble: unknown = null
  readonly #around: Surroundings
  readonly #answers = new Numbered<(answer: Answer) => void>()
  readonly #ticking: NodeJS.Timeout
  readonly #unsubscribe: () => void
  #transport: Transport | undefined
  #leave: (() => Promise<void>) | undefined
  /** One announcement at a time. */
  #joining: Promise<void> = Promise.resolve()
  #seq = 0
  #isStaying = false
  #closed: Promise<void> | undefined
  #over: (() => void) | undefined

  private constructor(around: Surroundings) {
    this.#around = around
    this.node = createNode(around.process, around.data, around.options, soundRules(), now())
    this.#ticking = setInterval(() => this.#tell({ kind: 'tick' }), around.options.tick).unref()
    this.#unsubscribe = around.coordinator.subscribe(() => this.#tell({ kind: 'hint' }))
  }

  /** Listens, announces the node, and begins to look for a leader. Rejects where it cannot listen. */
  static async start(around: Surroundings): Promise<Runtime> {
    const runtime = new Runtime(around)
    try {
      runtime.#transport = await around.open(() => runtime.node.id, {
        message: (from, message) => runtime.#tell({ kind: 'message', from, message }),
        dead: (id) => runtime.#tell({ kind: 'dead', id }),
        fault: around.onFault,
      })
    } catch (error) {
      clearInterval(runtime.#ticking)
      runtime.#unsubscribe()
      throw error
    }
    runtime.#announce(runtime.node.id)
    runtime.#tell({ kind: 'hint' })
    return runtime
  }

  /** Where others reach this node. */
  get address(): string {
    return this.#transport?.address ?? ''
  }

  /** How it stands with the connections. */
  get network(): TransportStatus | null {
    return this.#transport?.status() ?? null
  }

  /**
   * Runs the command; calls back with the answer, at once where this node has it. Answers the number of the call, by which
   * it can be cancelled.
   */
  call(wish: Wish, answered: (answer: Answer) => void): number {
    const seq = ++this.#seq
    if (this.#closed || this.node.closed) {
      answered({ kind: 'failed', code: 'CLOSED', executed: 'no', message: 'the node was closed' })
      return seq
    }
    this.#answers.set(seq, answered)
    this.#tell({ kind: 'call', seq, wish })
    this.#stay()
    return seq
  }

  /** The caller waits no more: it is told so, unless something was taken for it already. */
  cancel(seq: number): void {
    this.#tell({ kind: 'cancel', seq })
  }

  /** Hands over, answers what is open, and lets go of everything. */
  close(): Promise<void> {
    this.#closed ??= this.#close().finally(() => clearInterval(this.#ticking))
    return this.#closed
  }

  async #close(): Promise<void> {
    const over = new Promise<void>((resolve) => {
      this.#over = resolve
    })
    this.#stay()
    this.#tell({ kind: 'close' })
    await over
    this.#unsubscribe()
    await this.#joining
    await Promise.all([this.#transport?.close(), this.#around.coordinator.close()])
  }

  /** A process does not end while somebody in it waits for an answer, or for the end of the node. */
  #stay(): void {
    const isWanted = this.#answers.size > 0 || this.#over !== undefined
    if (isWanted === this.#isStaying) return
    this.#isStaying = isWanted
    if (isWanted) this.#ticking.ref()
    else this.#ticking.unref()
  }

  #tell(event: Event): void {
    for (const effect of step(this.node, event, now())) this.#carryOut(effect)
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'send':
        this.#transport?.send(effect.to, effect.message)
        break
      case 'hasten':
        process.nextTick(() => this.#transport?.flush())
        break
      case 'flush':
        // After what has arrived by now was told.
        setImmediate(() => {
          this.#tell({ kind: 'flush' })
          this.#transport?.flush()
        })
        break
      case 'answer': {
        const answered = this.#answers.get(effect.seq)
        this.#answers.delete(effect.seq)
        this.#stay()
        answered?.(effect.answer)
        break
      }
      case 'look':
        void this.#look()
        break
      case 'swap':
        void this.#swap(effect.revision, effect.next)
        break
      case 'announce':
        this.#announce(effect.id)
        break
      case 'closed':
        this.#over?.()
        break
      case 'tell':
        this.#around.onNews(effect.news)
    }
  }

  async #look(): Promise<void> {
    const { coordinator } = this.#around
    try {
      const [found, members] = await Promise.all([coordinator.get(), coordinator.members()])
      this.#transport?.reach(members)
      const record = recorded(found)
      this.#helped(null)
      this.#tell({ kind: 'seen', record, members: members.map(({ id }) => id) })
    } catch (error) {
      this.#helped(error)
      this.#tell({ kind: 'seen', record: undefined, members: [] })
    }
  }

  async #swap(revision: string | null, next: Authority): Promise<void> {
    try {
      const done = await this.#around.coordinator.swap(revision, next)
      this.#helped(null)
      this.#tell({ kind: 'swapped', outcome: done ? 'done' : 'refused' })
    } catch (error) {
      this.#helped(error)
      this.#tell({ kind: 'swapped', outcome: 'unknown' })
    }
  }

  /** The node is the member of this id from now on: others learn of it, and that it is no other any more. */
  #announce(id: string): void {
    const { coordinator } = this.#around
    const member: Member = { id, address: this.address }
    const join = async () => {
      while (this.node.id === id && !this.node.closed) {
        try {
          const leave = await coordinator.join(member)
          await this.#leave?.()
          this.#leave = leave
          this.#helped(null)
          this.#tell({ kind: 'hint' })
          return
        } catch (error) {
          this.#helped(error)
          await new Promise((resolve) => setTimeout(resolve, REJOIN).unref())
        }
      }
    }
    this.#joining = this.#joining.then(join, join)
  }

  #helped(error: unknown): void {
    // Who has left asks for nothing more.
    if (this.trouble === error || this.node.closed) return
    this.trouble = error
    this.#around.onCoordinator(error)
  }
}

/** Time as the machine is told it: monotonic milliseconds for leases, Unix time for the expiry of keys. */
function now() {
  return { mono: performance.now(), wall: Date.now() }
}
