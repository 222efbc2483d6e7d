import { execFileSync, spawnSync } from 'node:child_process'

/**
 * The command behind which a process has a network of its own: rules made there end with the last process in it, however
 * that ends. Undefined where the machine has not all it takes: Linux, `unshare`, `ip`, `iptables`.
 */
export function ownNetwork(): readonly string[] | undefined {
  const ways = [
    ['unshare', '--net'],
    ['unshare', '--map-root-user', '--net'],
  ]
  const trial = 'ip link set lo up && iptables -A INPUT -s 127.0.0.11 -d 127.0.0.12 -j DROP'
  return ways.find(([command = '', ...rest]) => spawnSync(command, [...rest, 'sh', '-c', trial]).status === 0)
}

/** What a process does in a network of its own. */
export class OwnNetwork {
  constructor() {
    execFileSync('ip', ['link', 'set', 'lo', 'up'])
  }

  /** Whatever comes from the one address to the other is lost from now on. */
  drop(from: string, to: string): void {
    execFileSync('iptables', ['-A', 'INPUT', '-s', from, '-d', to, '-j', 'DROP'])
  }

  heal(): void {
    execFileSync('iptables', ['-F', 'INPUT'])
  }
}
