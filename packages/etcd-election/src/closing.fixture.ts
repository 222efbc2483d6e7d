// A process that uses everything once, closes it, and says what then still keeps it alive.
import { discovery, elector, etcdCoordinator } from './index.ts'

const [hosts = '', prefix = ''] = process.argv.slice(2)
const options = { hosts: hosts.split(','), prefix, timeout: 500, ttl: 2000 } as const
const coordinator = etcdCoordinator(options)
const registry = discovery({ ...options, prefix: `${prefix}/registry` })
const candidate = elector({ ...options, prefix: `${prefix}/office`, value: 'a' })
const unused = etcdCoordinator(options)

// With servers that are away each of these fails or goes on trying.
coordinator.subscribe(() => {})
registry.watch(() => {})
candidate.observe(() => {})
await Promise.allSettled([
  coordinator.join({ id: 'a', address: 'x' }),
  coordinator.swap(null, 1),
  registry.register({ id: 'a', address: 'x' }),
  Promise.race([candidate.campaign().catch(() => {}), candidate.leader()]),
])
await Promise.all([coordinator, registry, candidate, unused].map((each) => each.close()))
// What ends with the last closed socket may take a turn or two.
const end = performance.now() + 5_000
const left = () => process.getActiveResourcesInfo().filter((kind) => !/^(TTY|Pipe|FSReq)/.test(kind))
while (left().length > 1 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10))
process.stdout.write(`left: ${left().filter((kind) => kind !== 'Timeout' && kind !== 'Immediate')}\n`)
