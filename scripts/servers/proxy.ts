import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, as a slow or broken network does. */
export interface Proxy {
  readonly port: number
  /** What the server says comes so many milliseconds later, from now on. */
  delay(ms: number): void
  /** Cuts all connections; further ones are welcome. */
  cut(): void
  stop(): Promise<void>
}

/** A proxy on 127.0.0.1 to a port there. */
export function startProxy(to: number): Promise<Proxy> {
  let ms = 0
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    let last = 0
    far.on('data', (data) => {
      // Never before what was said earlier.
      last = Math.max(last, performance.now() + ms)
      const left = last - performance.now()
      if (left <= 0) near.write(data)
      else setTimeout(() => near.write(data), left)
    })
  })
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string')
        return reject(new Error('The system gave no port.'))
      resolve({
        port: address.port,
        delay: (later) => {
          ms = later
        },
        cut,
        stop: async () => {
          cut()
          await new Promise((closed) => server.close(closed))
        },
      })
    })
  })
}
