import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ServerHttp2Stream } from 'node:http2'
import { PeersService } from '../gen/jcache/v1/peers.ts'
import { outOfHttp2 } from './out-of-http2.ts'

/** Bytes on the way that HTTP/2 itself allows, so that a peer is kept busy; ours is the window that bounds memory. */
export const FLOW: number = 16 << 20

/** Told of each stream that begins at a server of HTTP/2, by Node 22.17 and newer. */
const CREATED = 'http2.server.stream.created'

/**
 * Lets peers have that much on their way to this process, until it is called back. The server of gRPC has no option for it, and
 * the 64 KB that HTTP/2 begins with are what a peer says in one turn: while its process is busy, it could say no more.
 */
export function widenStreams(): () => void {
  const widen = (told: unknown) => {
    const { stream, headers } = told as { stream: ServerHttp2Stream; headers: Record<string, unknown> }
    const { session } = stream
    if (!session || !isOurs(headers[':path'])) return
    void outOfHttp2().then(() => {
      if (session.destroyed || session.localSettings.initialWindowSize === FLOW) return
      session.setLocalWindowSize(FLOW)
      session.settings({ initialWindowSize: FLOW })
    })
  }
  subscribe(CREATED, widen)
  return () => void unsubscribe(CREATED, widen)
}

function isOurs(path: unknown): boolean {
  return Object.values(PeersService).some((method) => method.path === path)
}
