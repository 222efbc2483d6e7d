import { checkMember, type Member } from '@jcache/driver/election'
import { KeptKey } from './kept-key.ts'
import { type KeyRange, read, under } from './keys.ts'
import type { Servers } from './servers.ts'

/** The members under a prefix: one key each, on a lease. */
export class Members {
  readonly range: KeyRange
  readonly #servers: Servers
  readonly #prefix: `${string}/`
  readonly #joining = new Set<Promise<unknown>>()
  readonly #joined = new Set<() => Promise<void>>()

  constructor(servers: Servers) {
    this.#servers = servers
    this.#prefix = `${servers.settings.prefix}/members/`
    this.range = under(this.#prefix)
  }

  async join(announced: Member): Promise<() => Promise<void>> {
    const joining = this.#put(checkMember(announced))
    this.#joining.add(joining)
    try {
      return await joining
    } finally {
      this.#joining.delete(joining)
    }
  }

  async list(): Promise<readonly Member[]> {
    const kvs = await read(this.#servers, 'members', this.range)
    return kvs.flatMap(({ value }) => memberOf(value) ?? [])
  }

  /** Takes all off the list, those too that are about to join. */
  async leaveAll(): Promise<void> {
    await Promise.allSettled(this.#joining)
    await Promise.all([...this.#joined].map((leave) => leave()))
  }

  async #put(member: Member): Promise<() => Promise<void>> {
    const kept = await KeptKey.put(this.#servers, this.#prefix + member.id, JSON.stringify(member))
    let left: Promise<void> | undefined
    const leave = (): Promise<void> => {
      left ??= kept.leave().finally(() => this.#joined.delete(leave))
      return left
    }
    this.#joined.add(leave)
    return leave
  }
}

/** The member that a key holds; undefined for what someone else wrote there. */
function memberOf(value: Buffer): Member | undefined {
  try {
    return checkMember(JSON.parse(value.toString()) as Member)
  } catch {
    return undefined
  }
}
