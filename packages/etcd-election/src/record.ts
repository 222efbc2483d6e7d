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
    return { state, revision: `${found.mod_revision}.${found.version}` }
  }

  async swap(revision: string | null, next: State): Promise<boolean> {
    const expected = expectedOf(revision)
    const by = randomUUID()
    const { key } = this
    const request: ITxnRequest = {
      compare: [{ key, target: 'Mod', result: 'Equal', mod_revision: expected.modified }],
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

/** What etcd is to compare with: when the record was last modified (0: never) and how often; -1 for what is no revision of ours. */
function expectedOf(revision: string | null): { readonly modified: string; readonly version: number } {
  if (revision === null) return { modified: '0', version: 0 }
  const found = /^([1-9]\d{0,17})\.([1-9]\d{0,14})$/.exec(revision)
  return { modified: found?.[1] ?? '-1', version: Number(found?.[2] ?? -1) }
}
