/** What a node of a cluster said instead of carrying out a call. */
export type Redirection =
  /** Another node has the slot. */
  | { readonly kind: 'moved'; readonly address: string }
  /** The key is at the node to which its slot is being moved. */
  | { readonly kind: 'ask'; readonly address: string }
  /** The keys of the call are at two nodes, while their slot is being moved. */
  | { readonly kind: 'again' }

/**
 * What the error of a node says of where the call goes; undefined where that is nothing.
 * https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#redirection-and-resharding
 */
export function redirection(error: Error, host: string | undefined): Redirection | undefined {
  const [word, , address = ''] = error.message.split(' ')
  // Without a host, the node that answered means its own.
  const place = address.startsWith(':') ? `${host}${address}` : address
  switch (word) {
    case 'MOVED':
      return { kind: 'moved', address: place }
    case 'ASK':
      return { kind: 'ask', address: place }
    // A blocked call of a node that has become a replica, or whose slot was moved.
    case 'UNBLOCKED':
    case 'TRYAGAIN':
      return { kind: 'again' }
    default:
      return undefined
  }
}
