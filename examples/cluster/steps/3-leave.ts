import { setTimeout as sleep } from 'node:timers/promises'
import { count, time } from '../../demo/numbers.ts'
import type { Stage } from '../stage.ts'
import { lost, Tallies } from '../tallies.ts'

const CALLERS = 4

export async function leaving({ screen, cluster }: Stage): Promise<void> {
  const leader = await cluster.untilInSync(3)
  const others = cluster.members.filter((member) => member !== leader)
  screen.title('3. The leader leaves, as in a deployment')
  screen.say(
    `The same load on the two others, while node ${leader.name} is told to close. It hands over to one that has everything:`,
  )
  const tallies = new Tallies(others)
  await Promise.all(others.map((member) => member.call('start', CALLERS)))
  await sleep(500)
  const start = performance.now()
  await leader.call('close')
  const took = performance.now() - start
  await leader.kill()
  await sleep(500)
  await Promise.all(others.map((member) => member.call('stop')))
  await tallies.end()
  tallies.show(screen, {})
  const next = await cluster.untilInSync(2)
  const missing = await lost(tallies.acknowledged, next)
  screen.say(
    `close() took ${time(took)}. ${count(tallies.failedBut(leader.name))} calls failed, the slowest write took ${time(tallies.slowestBut(leader.name))}, and of ${count(tallies.acknowledged.length)} acknowledged writes ${count(missing)} are lost.`,
  )
}
