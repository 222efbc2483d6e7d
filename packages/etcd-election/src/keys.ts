import type { IKeyValue, IRangeRequest } from 'etcd3'
import type { Settings } from './options.ts'
import type { Servers } from './servers.ts'

/** One key, or with an end all from there up to the end, as etcd wants ranges. */
export interface KeyRange {
  readonly key: Buffer
  readonly range_end?: Buffer
}

/** The range of all keys that begin with the text, which ends with a slash: '0' comes next after it. */
export function under(prefix: `${string}/`): KeyRange {
  return { key: Buffer.from(prefix), range_end: Buffer.from(`${prefix.slice(0, -1)}0`) }
}

/** What the keys of those who stand for election begin with: members and record of the same prefix are beside them. */
export function candidatesOf({ prefix }: Settings): `${string}/` {
  return `${prefix}/election/`
}

/** The key that was created first: who came first, leads. */
export function oldestOf(range: KeyRange): IRangeRequest {
  return { ...range, limit: 1, sort_order: 'Ascend', sort_target: 'Create' }
}

/** What etcd holds now: the read is linearizable, so it is not older than any write that ended before it began. */
export async function read(
  servers: Servers,
  what: string,
  request: IRangeRequest,
): Promise<readonly IKeyValue[]> {
  const { kvs } = await servers.ask(what, ({ kv }, until) => kv.range(request, until))
  return kvs
}
