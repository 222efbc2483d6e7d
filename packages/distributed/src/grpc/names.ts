/** The node that the process is a run of: its name stays when it is started again. */
export function nodeOf(process: string): string {
  const dot = process.lastIndexOf('.')
  return dot > 0 ? process.slice(0, dot) : process
}

/** To whom the certificate of the node is issued. It names the cluster too: nobody gets in with that of another one. */
export function certifiedName(cluster: string, process: string): string {
  return `${nodeOf(process)}.${cluster}.jcache`
}
