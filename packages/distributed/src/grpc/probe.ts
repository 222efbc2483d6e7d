import { connect } from 'node:net'
import type { Address } from './address.ts'

/**
 * Whether nobody listens there, for certain: the machine is there to say so. Who is still let in tries again for so many
 * milliseconds. Answers within half a second more.
 */
export async function isRefused(address: Address, patience: number): Promise<boolean> {
  const end = performance.now() + patience
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
