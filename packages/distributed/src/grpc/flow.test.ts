import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import { onTestFinished, test } from 'vitest'
import { FLOW } from './flow.ts'
import { numbered, startNode, until } from './node.fixture.ts'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isTold = major > 24 || (major === 24 && minor >= 2) || (major === 22 && minor >= 17)

test.runIf(isTold)(
  'D3: what a peer may have on its way is bounded by our window, not by that of HTTP/2',
  async () => {
    const sessions = new Set<ServerHttp2Session | undefined>()
    const note = (told: unknown) => {
      sessions.add((told as { stream: ServerHttp2Stream }).stream.session as ServerHttp2Session | undefined)
    }
    subscribe('http2.server.stream.created', note)
    onTestFinished(() => void unsubscribe('http2.server.stream.created', note))
    const a = await startNode('a.1~0')
    const b = await startNode('b.1~0')
    b.reach([a])
    b.send(a.id, numbered(1))
    await until(() => a.heard.length === 1, 'the message')
    await until(
      () => [...sessions].some((session) => session?.localSettings.initialWindowSize === FLOW),
      'a wide stream',
    )
  },
)
