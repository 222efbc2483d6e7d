import { randomUUID } from 'node:crypto'
import { CacheError } from '@jcache/driver'
import { type Guarded, stateText } from '@jcache/driver/election'
import type { IKeyValue, ITxnRequest } from 'etcd3'
import { kindOf } from './failure.ts'
import { read } from './keys.ts'
import type { Servers } from './servers.ts'

/**
 * One record that is changed only from the revision that was read. With the state goes a mark of who wrote it, so that
 * a swap whose answer was lost can be asked for again, and its writer sees whether it was the first try that won.
 */
export class GuardedRecord<State> {
  readonly key: Buffer
  readonly #servers: Servers

  constructor(servers: Servers) {
    this.#servers = servers
    this.key = Buffer.from(`${servers.settings.prefix}/record`)
  }

  async get(): Promise<Guarded<State> | null> {
    const [found] = await read(this.#servers, 'get', { key: this.key })
    if (!found) return null
    const { state } = this.#written<State>(found)
    return { state, revision: `${found.mod_revision}.${found.version}.${found.value}` }
  }

  async swap(revision: string | null, next: State): Promise<boolean> {
    const expected = expectedOf(revision)
    const by = randomUUID()
    const { key } = this
    const request: ITxnRequest = {
      compare: [
        { key, target: 'Mod', result: 'Equal', mod_revision: expected.modified },
        // An etcd that has lost its data counts anew: what was written after may have the same number.
        ...(expected.value === null
          ? []
          : [{ key, target: 'Value' as const, result: 'Equal' as const, value: expected.value }]),
      ],
      success: [{ request_put: { key, value: Buffer.from(`{"by":"${by}","state":${stateText(next)}}`) } }],
      failure: [{ request_range: { key } }],
    }
    let uncertain = false
    const { succeeded, responses } = await this.#servers.ask('swap', async ({ kv }, until) => {
      try {
        return await kv.txn(request, until)
      } catch (error) {
        if (error instanceof Error && kindOf(error) === 'unknown') uncertain = true
        throw error
      }
    })
    if (succeeded) return true
    const found = responses[0]?.response_range.kvs[0]
    if (found && this.#written(found).by === by) return true
    // The record was written once since, and not by an earlier try of ours; that can no longer win.
    if (!uncertain || found?.version === String(expected.version + 1)) return false
    throw new CacheError(
      'TIMEOUT',
      `swap: an answer of etcd was lost, and the record has changed since: the swap may have been one of the changes`,
    )
  }

  #written<Kept>({ value }: IKeyValue): { readonly state: Kept; readonly by: unknown } {
    try {
      const found: unknown = JSON.parse(value.toString())
      if (typeof found === 'object' && found !== null && 'state' in found && 'by' in found)
        // Who shares the prefix shares the type of the state.
        return { state: found.state as Kept, by: found.by }
    } catch {}
    throw new CacheError(
      'UNAVAILABLE',
      `get: ${this.key} holds something else than a record of a coordinator`,
    )
  }
}

/** What etcd is to compare with. */
interface Expected {
  /** When the record was last modified, 0: never, -1: what is no revision of ours. */
  readonly modified: string
  /** How often it was. */
  readonly version: number
  readonly value: Buffer | null
}

function expectedOf(revision: string | null): Expected {
  if (revision === null) return { modified: '0', version: 0, value: null }
  const [, modified, version, value] = /^([1-9]\d{0,17})\.([1-9]\d{0,14})\.(.*)$/s.exec(revision) ?? []
  if (!modified || !version || value === undefined) return { modified: '-1', version: -1, value: null }
  return { modified, version: Number(version), value: Buffer.from(value) }
}
