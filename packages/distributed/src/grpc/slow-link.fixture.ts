import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** The address of a way to that address on which bytes pass no faster than so many per millisecond, until the test is over. */
export async function slowLink(to: string, rate: number): Promise<string> {
  const open = new Set<Socket>()
  const carry = (from: Socket, into: Socket) => {
    open.add(from)
    from.on('error', () => into.destroy()).on('close', () => into.destroy())
    let last = Promise.resolve()
    let due = 0
    from.on('data', (bytes) => {
      due = Math.max(due, performance.now()) + bytes.length / rate
      const at = due
      last = last.then(async () => {
        if (at - performance.now() > 1) await sleep(at - performance.now())
        into.write(bytes)
      })
    })
  }
  const server = createServer((near) => {
    const far = connect(Number(to.split(':')[1]), '127.0.0.1')
    carry(near, far)
    carry(far, near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
