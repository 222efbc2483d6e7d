// A node in a process of its own: it answers each `ask` with a `fenced` of the same number. Its address is its first line.

import { grpcTransport } from './transport.ts'

const [id = 'child.1~0', peer = ''] = process.argv.slice(2)
const open = grpcTransport({ cluster: 'test', keepalive: 500, connectTimeout: 1_000 })
const transport = await open(() => id, {
  message: (from, message) => {
    if (message.kind === 'ask') transport.send(from, { kind: 'fenced', term: message.seq })
  },
  dead: () => {},
})
transport.reach([{ id: 'a.1~0', address: peer }])
console.log(transport.address)
// With its parent.
process.stdin.on('end', () => process.exit()).resume()
