import { isLeaseGone } from './failure.ts'
import { Lease } from './lease.ts'
import { Backoff, pause } from './pause.ts'
import type { Servers } from './servers.ts'

/** A key on a lease of its own: there as long as the process lives, and there again when it was lost. */
export class KeptKey {
  readonly #servers: Servers
  readonly #key: string
  readonly #value: Buffer
  readonly #leaving = new AbortController()
  #lease: Lease
  /** The lease that was last told to be lost. */
  #lost: Lease | undefined
  #keeping: Promise<void>

  private constructor(servers: Servers, key: string, value: Buffer, lease: Lease) {
    this.#servers = servers
    this.#key = key
    this.#value = value
    this.#lease = lease
    this.#keeping = this.#keep()
  }

  /** Puts the key, over any other of that name. @throws as `Servers.ask` */
  static async put(servers: Servers, key: string, text: string): Promise<KeptKey> {
    const value = Buffer.from(text)
    const lease = await Lease.grant(servers, 'join')
    try {
      const request = { key: Buffer.from(key), value, lease: lease.id }
      await servers.ask('join', ({ kv }, until) => kv.put(request, until))
    } catch (error) {
      void lease.revoke()
      throw error
    }
    return new KeptKey(servers, key, value, lease)
  }

  /** Removes the key, unless another has taken its place. Never rejects: where etcd is away, the lease runs out. */
  async leave(): Promise<void> {
    this.#leaving.abort()
    await this.#keeping
    await this.#lease.revoke()
  }

  async #keep(): Promise<void> {
    const { closing, settings } = this.#servers
    const leaving = AbortSignal.any([this.#leaving.signal, closing])
    const backoff = new Backoff(50, settings.lookEvery)
    let wait = settings.lookEvery
    for (;;) {
      await pause(wait, [leaving, this.#lease.gone])
      if (leaving.aborted) return
      try {
        await this.#restore()
        backoff.reset()
        wait = settings.lookEvery
      } catch (error) {
        // Told as an event.
        if (isLeaseGone(error)) this.#lease.declareGone()
        wait = backoff.next()
        if (this.#lease.gone.aborted) await pause(wait, leaving)
      }
    }
  }

  /** Looks whether the key is there, and puts it there if not. */
  async #restore(): Promise<void> {
    const { tell } = this.#servers.settings
    if (this.#lease.gone.aborted) {
      if (this.#lost !== this.#lease) tell({ kind: 'lease-lost', key: this.#key })
      this.#lost = this.#lease
      this.#lease = await Lease.grant(this.#servers, 'join again')
    }
    const key = Buffer.from(this.#key)
    const put = { key, value: this.#value, lease: this.#lease.id }
    const { succeeded } = await this.#servers.ask('join again', ({ kv }, until) =>
      kv.txn(
        {
          compare: [{ key, target: 'Create', result: 'Equal', create_revision: 0 }],
          success: [{ request_put: put }],
        },
        until,
      ),
    )
    if (succeeded) tell({ kind: 'restored', key: this.#key })
  }
}
