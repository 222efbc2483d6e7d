// One node with a prompt, to be started in several terminals, on one machine or on several.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { distributed } from '@jcache/distributed'
import { etcdCoordinator } from '@jcache/etcd-election'
import { Screen } from '../demo/screen.ts'
import { prompt } from './prompt.ts'

const USAGE = `node --conditions=@jcache/source examples/cluster/node.ts --etcd 127.0.0.1:2379 [options]

  --etcd host:port[,...]  where the nodes meet; all that have the same --prefix form a cluster
  --prefix /text          default /example
  --listen host:port      default 127.0.0.1 with a free port; beyond this machine with TLS or --insecure
  --advertise host:port   where others reach it, if that is not where it listens
  --ca, --cert, --key     files for TLS, the certificate issued to *.example.jcache
  --insecure              no TLS: who reaches the port reads and writes everything`

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    ...{ etcd: text, prefix: text, listen: text, advertise: text, ca: text, cert: text, key: text },
    insecure: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
const { etcd, prefix = '/example', ca, cert, key, help, ...network } = values
if (help || !etcd) {
  console.log(USAGE)
  process.exitCode = help ? 0 : 1
} else {
  const tls =
    ca && cert && key ? { ca: readFileSync(ca), cert: readFileSync(cert), key: readFileSync(key) } : undefined
  const screen = new Screen()
  const node = distributed({
    coordinator: etcdCoordinator({ hosts: etcd.split(','), prefix }),
    cluster: 'example',
    ...(tls && { tls }),
    ...network,
    onEvent: (event) => {
      if (event.kind === 'listening') screen.line(`This node listens on ${event.address}.`)
      else if (event.kind === 'following' || event.kind === 'leading')
        screen.line(`It is ${event.kind}, in term ${event.term}.`)
    },
  })
  await prompt(screen, new Map([['this', node]]))
}
