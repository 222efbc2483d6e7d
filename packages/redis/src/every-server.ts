import { CacheError, type Command } from '@jcache/driver'
import type { Connection } from './connection.ts'
import { decoderOf } from './decode.ts'
import { encoderOf } from './encode.ts'
import { keySlot } from './key-slot.ts'
import type { Node } from './node.ts'

type Handler = (...args: readonly unknown[]) => Promise<unknown>

/** A command without keys on a cluster: on all the keys of all the primaries. */
export function everyServer(connection: Connection, name: string, command: Command): Handler {
  const { word, encode } = encoderOf(name, command)
  const decode = decoderOf(name, command)
  const at = (node: Node, args: readonly unknown[]) =>
    connection.send(name, undefined, word, encode(args), (reply) => decode(reply, args), { at: node })
  const each = async (args: readonly unknown[]) =>
    Promise.all((await connection.owners(name)).map((node) => at(node, args)))

  switch (command.reply) {
    case 'integer':
      return async (...args) => (await each(args)).reduce<number>((sum, count) => sum + Number(count), 0)
    case 'void':
      return async (...args) => void (await each(args))
    case '[cursor, key[]]':
      return async (cursor, ...options) =>
        page(await connection.owners(name), String(cursor), (node, own) => at(node, [own, ...options]))
    default:
      return async () => anyKey(connection, name)
  }
}

/** More than the numbers of nodes. */
const NODES = 2 ** 15

/**
 * Cursors hold the node's own cursor and, below it, the node's number, which is made from its address. So they stay right
 * when nodes come and go, and only keys that move meanwhile may be missed.
 */
async function page(
  nodes: readonly Node[],
  cursor: string,
  scan: (node: Node, cursor: string) => Promise<unknown>,
): Promise<[cursor: string, keys: string[]]> {
  const base = BigInt(NODES)
  const wanted = Number(BigInt(cursor) % base)
  const numbered = numbersOf(nodes)
  // Where the node has gone, the one that follows it, from its beginning.
  const place = numbered.findIndex(({ number }) => number >= wanted)
  const found = numbered[place]
  if (!found) return ['0', []]
  const own = found.number === wanted ? BigInt(cursor) / base : 0n
  const [left, keys] = (await scan(found.node, String(own))) as [string, string[]]
  if (left === '0') return [String(numbered[place + 1]?.number ?? 0), keys]
  const next = BigInt(left) * base + BigInt(found.number)
  if (next < 2n ** 64n) return [String(next), keys]
  throw new CacheError('OUT_OF_RANGE', `the server's cursor ${left} is too large to go on`)
}

/** The nodes by numbers, which rise; two with one number by chance get different ones. */
function numbersOf(nodes: readonly Node[]): { readonly number: number; readonly node: Node }[] {
  let last = -1
  return nodes
    .map((node) => ({ number: keySlot(node.primary.address), node }))
    .sort((a, b) => a.number - b.number || (a.node.primary.address < b.node.primary.address ? -1 : 1))
    .map(({ number, node }) => {
      last = Math.max(number, last + 1)
      return { number: last, node }
    })
}

/** A key of any node, picked by how many each has. */
async function anyKey(connection: Connection, name: string): Promise<string | null> {
  const owners = await connection.owners(name)
  const sizes = await Promise.all(
    owners.map((node) => connection.send(name, undefined, 'DBSIZE', [], Number, { at: node })),
  )
  let pick = Math.random() * sizes.reduce<number>((sum, size) => sum + Number(size), 0)
  const from = sizes.findIndex((size) => {
    pick -= Number(size)
    return pick < 0
  })
  // What was counted may have gone since.
  for (const node of [...owners.slice(Math.max(0, from)), ...owners.slice(0, Math.max(0, from))]) {
    const key = await connection.send(name, undefined, 'RANDOMKEY', [], undefined, { at: node })
    if (typeof key === 'string') return key
  }
  return null
}
