import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, as a slow or broken network does. */
export interface Proxy {
  readonly port: number
  /** What the server says comes so many milliseconds later, from now on. */
  delay(ms: number): void
  /** Cuts all connections; further ones are welcome. */
  cut(): void
  /** Bytes wait, both ways, and nobody is told, as when the network is parted; `thaw` delivers them. */
  freeze(): void
  thaw(): void
  /** What the server says is lost from now on, while it still hears; until `cut`. */
  loseAnswers(): void
  /** How many connections of clients are open. */
  count(): number
  stop(): Promise<void>
}

/** A proxy on 127.0.0.1 to a port there. */
export function startProxy(to: number): Promise<Proxy> {
  let ms = 0
  let frozen = false
  let losing = false
  const open = new Set<Socket>()
  let clients = 0
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    clients++
    near.on('close', () => clients--)
    for (const socket of [near, far]) {
      open.add(socket)
      if (frozen) socket.pause()
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (data) => void far.write(data))
    let last = 0
    far.on('data', (data) => {
      if (losing) return
      // Never before what was said earlier.
      last = Math.max(last, performance.now() + ms)
      const left = last - performance.now()
      if (left <= 0) near.write(data)
      else setTimeout(() => near.write(data), left)
    })
  })
  const cut = () => {
    losing = false
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
        count: () => clients,
        freeze: () => {
          frozen = true
          for (const socket of open) socket.pause()
        },
        thaw: () => {
          frozen = false
          for (const socket of open) socket.resume()
        },
        loseAnswers: () => {
          losing = true
        },
        stop: async () => {
          cut()
          await new Promise((closed) => server.close(closed))
        },
      })
    })
  })
}
