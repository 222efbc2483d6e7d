import type { Server } from '@grpc/grpc-js'

/** Milliseconds between two looks for connections that came in at the last moment, and until nobody waits for any. */
const AGAIN = 5
const ENOUGH = 200

/** Ends the server and all its connections. It listens no more at once; what cannot be ended is not waited for. */
export async function shutDown(server: Pick<Server, 'tryShutdown' | 'forceShutdown'>): Promise<void> {
  let again: NodeJS.Timeout | undefined
  let enough: NodeJS.Timeout | undefined
  await new Promise<void>((resolve) => {
    server.tryShutdown(() => resolve())
    server.forceShutdown()
    // Whoever was on the way in is known to gRPC only afterwards, and would be waited for until it goes by itself.
    again = setInterval(() => server.forceShutdown(), AGAIN)
    enough = setTimeout(resolve, ENOUGH)
  })
  clearInterval(again)
  clearTimeout(enough)
}
