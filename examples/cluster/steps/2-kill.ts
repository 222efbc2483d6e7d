import { setTimeout as sleep } from 'node:timers/promises'
import { count, time } from '../../demo/numbers.ts'
import type { Stage } from '../stage.ts'
import { showStatus } from '../status-table.ts'
import { lost, Tallies } from '../tallies.ts'

const CALLERS = 4

export async function killing({ screen, cluster }: Stage): Promise<void> {
  const leader = await cluster.untilInSync(3)
  screen.title('2. The leader is killed, under load')
  screen.say(
    `${CALLERS} callers on each node write, each one key after the other. After a second the process of node ${leader.name}, which leads, is killed (SIGKILL). The others go on:`,
  )
  const tallies = new Tallies(cluster.members)
  await Promise.all(cluster.members.map((member) => member.call('start', CALLERS)))
  await sleep(1_000)
  const start = performance.now()
  await leader.kill()
  const next = await cluster.untilInSync(2)
  const until = performance.now() - start
  await sleep(1_000)
  await Promise.all(cluster.members.map((member) => member.call('stop')))
  await tallies.end()
  tallies.show(screen, { [leader.name]: ', killed' })
  const missing = await lost(tallies.acknowledged, next)
  screen.say(
    `Node ${next.name} led ${time(until)} after the kill. Writes on the two nodes that live waited ${time(tallies.slowestBut(leader.name))} at most. Of ${count(tallies.acknowledged.length)} writes that were acknowledged, on the killed node too, ${count(missing)} are lost.`,
  )

  await cluster.add(leader.name)
  await cluster.untilInSync(3)
  const sizes = await Promise.all(cluster.members.map((member) => member.call('size')))
  screen.say(
    `Node ${leader.name} is started again, with nothing in memory. It is another member now: it gets everything first (${count(sizes.at(-1) ?? 0)} keys), and then counts as in sync.`,
  )
  await showStatus(screen, cluster)
}
