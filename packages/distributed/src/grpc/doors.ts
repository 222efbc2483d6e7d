import type { ServerDuplexStream } from '@grpc/grpc-js'
import type { Heard } from '../gen/jcache/v1/peers.ts'
import type { Ground } from './ground.ts'
import { Inbound } from './inbound.ts'
import type { Words } from './service.ts'

/** Streams that others may have begun, those included that have not said yet who they are. */
const MOST = 256

/** The streams that others began: one of a kind for each process, the newest. */
export class Doors {
  readonly #ground: Ground
  readonly #open = new Set<Inbound>()
  readonly #admitted = new Map<string, Inbound>()
  #isClosed = false

  constructor(ground: Ground) {
    this.#ground = ground
  }

  get size(): number {
    return this.#open.size
  }

  take(call: ServerDuplexStream<Words, Heard>, kind: 'session' | 'snapshot'): void {
    let name: string | undefined
    const inbound = new Inbound(this.#ground, call, {
      admit: (process) => {
        name = `${kind} ${process}`
        this.#admitted.get(name)?.dismiss('LOST', 'has begun another stream')
        this.#admitted.set(name, inbound)
      },
      ended: () => {
        this.#open.delete(inbound)
        if (name !== undefined && this.#admitted.get(name) === inbound) this.#admitted.delete(name)
      },
    })
    if (this.#isClosed) inbound.dismiss('LOST', 'finds the node closed')
    else if (this.#open.size >= MOST) inbound.refuse('CROWDED', `comes when ${MOST} streams are open`)
    else {
      this.#open.add(inbound)
      inbound.begin()
    }
  }

  close(): void {
    this.#isClosed = true
    for (const inbound of [...this.#open]) inbound.dismiss('LOST', 'finds the node closed')
  }
}
