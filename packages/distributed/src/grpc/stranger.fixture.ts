import { ChannelCredentials, type ClientDuplexStream, Metadata, type ServiceError } from '@grpc/grpc-js'
import { expect, onTestFinished } from 'vitest'
import { type Heard, type Hello, PeersClient, type Said } from '../gen/jcache/v1/peers.ts'
import type { Message } from '../message.ts'
import { encode, VERSION } from '../wire/parcel.ts'
import { Writer } from '../wire/writer.ts'
import { numbered, startNode, type TestNode, until } from './node.fixture.ts'

/** What a stranger says and hears. */
export interface Stranger {
  readonly found: { heard: Heard[]; fault: string | undefined }
  hello(hello?: Partial<Hello>): void
  frame(bytes: Uint8Array, left?: number): void
  nothing(): void
}

/** A stream as a stranger would begin it, and how it ended. */
export function stranger(node: TestNode, metadata: Metadata = new Metadata()): Stranger {
  const client = new PeersClient(node.address, ChannelCredentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_send_message_length': -1,
  })
  onTestFinished(() => client.close())
  const call: ClientDuplexStream<Said, Heard> = client.session(metadata)
  const found: Stranger['found'] = { heard: [], fault: undefined }
  call.on('data', (heard: Heard) => found.heard.push(heard))
  call.on('error', (error: ServiceError) => {
    found.fault = String(error.metadata?.get('jcache-fault')[0] ?? error.code)
  })
  return {
    found,
    hello: (hello = {}) =>
      void call.write({
        said: {
          $case: 'hello',
          value: { cluster: 'test', version: VERSION, process: 'x.1', to: 'a.1', window: 1 << 20, ...hello },
        },
      }),
    frame: (bytes, left = 0) =>
      void call.write({ said: { $case: 'frame', value: { bytes: Buffer.from(bytes), left, aside: false } } }),
    nothing: () => void call.write({}),
  }
}

export function parcel(messages: readonly Message[], from = 'x.1~0', to = 'a.1~0'): Buffer {
  return encode(new Writer(), { from, to, messages })
}

/** Fails unless the node lives and hears those that belong to it. */
export async function expectWell(
  node: TestNode,
  options: Parameters<typeof startNode>[1] = {},
): Promise<void> {
  const friend = await startNode('friend.1~0', options)
  const { length } = node.heard
  friend.reach([node])
  friend.send(node.id, numbered(99))
  await until(() => node.heard.length > length, 'a friend')
  expect(node.heard.at(-1)).toEqual({ from: 'friend.1~0', message: numbered(99) })
}
