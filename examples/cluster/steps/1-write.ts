import { time } from '../../demo/numbers.ts'
import type { Stage } from '../stage.ts'

export async function writing({ screen, cluster }: Stage): Promise<void> {
  screen.title('1. Write on any node, read on any other')
  screen.say(
    'A write may be made on any node; it goes to the leader, and comes back when all members in sync hold it. The node on which it was made shows it from then on, the others a moment later, or at once where the read asks for it (linearizable):',
  )
  const rows: string[][] = []
  for (const [at, member] of cluster.members.entries()) {
    const other = cluster.members[(at + 1) % cluster.members.length] ?? member
    const key = `greeting:${member.name}`
    const start = performance.now()
    await member.call('set', key, `hello from ${member.name}`)
    const took = performance.now() - start
    const found = await other.call('count', [key])
    rows.push([
      key,
      member.name,
      time(took),
      other.name,
      found === 1 ? String(await other.call('get', key)) : 'none',
    ])
  }
  screen.table(['key', 'written on', ' took', 'read on', 'answer'], rows)
  screen.say('(The times hold the question that this process asked the node, and its answer.)')
}
