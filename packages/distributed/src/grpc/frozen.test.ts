import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { heartbeat, large, startNode, type TestNode, until } from './node.fixture.ts'

vi.setConfig({ testTimeout: 90_000 })

const options = { direct: true, keepalive: 500, connectTimeout: 1_000, window: 256 << 10, backlog: 1 << 20 }
const id = 'child.1~0'

/** A node in a process of its own. */
async function startChild(parent: TestNode): Promise<{ child: ChildProcess; address: string }> {
  const file = fileURLToPath(new URL('child.fixture.ts', import.meta.url))
  const args = ['--conditions=@jcache/source', '--no-warnings', file, id, parent.address]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const address of createInterface({ input: child.stdout })) return { child, address }
  throw new Error('the child said nothing')
}

async function answered(node: TestNode, seq: number): Promise<void> {
  const isAnswer = () => node.heard.some(({ message }) => message.term === seq)
  await until(
    () => {
      // As a machine would: what is lost is sent again.
      if (!isAnswer()) node.send(id, { kind: 'ask', term: 1, seq })
      return isAnswer()
    },
    `the answer ${seq}`,
    30_000,
  )
}

const stateOf = (node: TestNode) => node.status().peers[0]?.state

test('a frozen process: noticed, tried again in vain without end or growth, and heard again when it wakes', async () => {
  const a = await startNode('a.1~0', options)
  const { child, address } = await startChild(a)
  a.reach([{ id, address }])
  await answered(a, 1)

  child.kill('SIGSTOP')
  await until(() => a.told.includes('LOST'), 'that it does not answer')
  await until(() => a.told.filter((fault) => fault === 'UNREACHABLE').length >= 2, 'two vain attempts')
  for (let turn = 0; turn < 2_000; turn++) {
    a.send(id, large(turn, 10_000))
    a.send(id, heartbeat(turn))
    a.flush()
    const [peer] = a.status().peers
    expect((peer?.waiting ?? 0) + (peer?.inFlight ?? 0)).toBeLessThanOrEqual((1 << 20) + (256 << 10))
  }
  // It is frozen, not dead: its listener takes connections still.
  expect(a.dead).toEqual([])
  expect(stateOf(a)).not.toBe('open')

  child.kill('SIGCONT')
  await answered(a, 2)
})

test('D10: a killed process is told dead', async () => {
  const a = await startNode('a.1~0', options)
  const { child, address } = await startChild(a)
  a.reach([{ id, address }])
  await answered(a, 1)
  child.kill('SIGKILL')
  await until(() => a.dead.length > 0, 'the news')
  expect(a.dead[0]).toBe(id)
  await until(() => a.status().inbound === 0, 'the end of its streams')
})
