import { connect } from 'node:net'
import type { Address } from './address.ts'

/** How long a dying process may still take connections: its files are closed one by one. */
const DYING = 50

/** Whether nobody listens there, for certain: somebody is there to say so. Answers within a second. */
export async function isRefused(address: Address): Promise<boolean> {
  const end = performance.now() + DYING
  for (;;) {
    const outcome = await knock(address)
    if (outcome !== 'open') return outcome === 'refused'
    if (performance.now() >= end) return false
    await new Promise((resolve) => setTimeout(resolve, 2).unref())
  }
}

function knock({ host, port }: Address): Promise<'open' | 'refused' | 'unknown'> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 })
    const answer = (outcome: 'open' | 'refused' | 'unknown'): void => {
      socket.destroy()
      resolve(outcome)
    }
    socket.unref()
    socket.on('connect', () => answer('open'))
    socket.on('timeout', () => answer('unknown'))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      // Of a name with several addresses, each would have to refuse: that comes as another error, which proves nothing.
      answer(error.code === 'ECONNREFUSED' && !('errors' in error) ? 'refused' : 'unknown'),
    )
  })
}
