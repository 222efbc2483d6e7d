import { mixed } from './digest.ts'
import type { LogEntry } from './log-entry.ts'
import type { Node } from './node.ts'
import type { Done } from './requests.ts'

/** Applies what is committed, in order. */
export function applyCommitted(node: Node): void {
  while (node.applied < Math.min(node.commit, node.log.last)) {
    const entry = node.log.get(node.applied + 1)
    if (!entry) break
    applyEntry(node, entry)
  }
  const { settled } = node
  if (settled && node.applied >= settled.offset) {
    node.time = Math.max(node.time, settled.time)
    node.settled = null
  }
  node.log.trim(node.options.ring, Math.min(node.applied, node.commit))
}

export function applyEntry(node: Node, entry: LogEntry): void {
  const { offset, time, operations } = entry
  applied(node, entry, { offset, time, outcome: node.data.apply(operations, time) }, keysOfEntry(node, entry))
}

/** The data has the entry now: notes what it came to. */
export function applied(
  node: Node,
  { id, floor, operations }: LogEntry,
  done: Done,
  keys: readonly string[] | null,
): void {
  const { offset, time } = done
  node.applied = offset
  node.time = Math.max(node.time, time)
  const witness = operations.length > 0 ? node.data.witness(keys) : 0
  node.digest = mixed(mixed(node.digest, offset), witness)
  node.log.setDigest(offset, node.digest)
  if (id) node.requests.record(id, floor, done)
}

/** The keys that the entry touches, null for all. */
export function keysOfEntry(node: Node, { operations }: LogEntry): readonly string[] | null {
  const [first] = operations
  if (operations.length === 1 && first?.kind === 'run') return node.data.keysOf(first.command)
  const keys: string[] = []
  for (const operation of operations) {
    if (operation.kind === 'load') keys.push(operation.key)
    else if (operation.kind === 'drop') keys.push(...operation.keys)
    else {
      const named = node.data.keysOf(operation.command)
      if (!named) return null
      keys.push(...named)
    }
  }
  return keys
}
