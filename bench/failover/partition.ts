import { execFileSync } from 'node:child_process'

/** Parts a process from all others of this machine as a broken network does: packets are lost, and nobody is told. */
export class Partition {
  readonly #chain: string

  /** Each rule says which packets are lost, in the words of iptables. */
  constructor(name: string, rules: readonly (readonly string[])[]) {
    this.#chain = `${name}-${process.pid}`
    iptables('-N', this.#chain)
    for (const rule of rules) iptables('-A', this.#chain, ...rule, '-j', 'DROP')
  }

  begin(): void {
    iptables('-I', 'OUTPUT', '-j', this.#chain)
  }

  end(): void {
    iptables('-D', 'OUTPUT', '-j', this.#chain)
  }

  remove(): void {
    iptables('-F', this.#chain)
    iptables('-X', this.#chain)
  }
}

/** Why nobody can be parted here; undefined where it can be done. */
export function whyNoPartition(): string | undefined {
  if (process.getuid?.() !== 0) return 'partitions need root'
  try {
    iptables('-L', 'OUTPUT')
    return undefined
  } catch {
    return 'partitions need iptables'
  }
}

function iptables(...args: readonly string[]): void {
  execFileSync('iptables', ['-w', ...args], { stdio: 'ignore' })
}
