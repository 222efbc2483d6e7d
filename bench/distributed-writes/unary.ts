// Writes as calls of gRPC, one for each: the server and its client, each as a process of its own.

import { ChannelCredentials, Client, Server, ServerCredentials } from '@grpc/grpc-js'
import { offerToParent } from '../../scripts/servers/talk.ts'
import { keyOf, type Tally, tally, VALUE } from './load.ts'

/** What is asked of the server. */
export type UnaryServerOffers = {
  /** Listens; answers where. */
  listen(): Promise<number>
}

/** What is asked of the client. */
export type UnaryClientOffers = {
  /** Each caller writes again once its call has come back. */
  write(callers: number, duration: number): Promise<Tally>
}

const path = '/bench/set'
const same = (bytes: Buffer): Buffer => bytes

function serverOffers(): UnaryServerOffers {
  const data = new Map<string, string>()
  const server = new Server()
  const serializers = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  }
  server.addService(
    { set: { path, requestStream: false, responseStream: false, ...serializers } },
    {
      set: ({ request }: { request: Buffer }, back: (error: null, answer: Buffer) => void) => {
        const text = request.toString('latin1')
        const end = text.indexOf('=')
        data.set(text.slice(0, end), text.slice(end + 1))
        back(null, Buffer.from('OK'))
      },
    },
  )
  const listen = (): Promise<number> =>
    new Promise((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      )
    })
  return { listen }
}

function clientOffers(port: string): UnaryClientOffers {
  const client = new Client(`127.0.0.1:${port}`, ChannelCredentials.createInsecure())
  const set = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const request = Buffer.from(`${keyOf(at)}=${VALUE}`, 'latin1')
      client.makeUnaryRequest(path, same, same, request, (error) => (error ? reject(error) : resolve()))
    })
  return { write: (callers, duration) => tally(callers, duration, set) }
}

const [port] = process.argv.slice(2)
offerToParent(port === undefined ? serverOffers() : clientOffers(port))
