import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { atExit } from './at-exit.ts'
import { freePort } from './port.ts'
import { type Program, type RunningProcess, startProcess } from './process.ts'
import { untilTrue } from './until-true.ts'

/** One server of an etcd cluster. */
export interface EtcdServer {
  /** Where clients connect: `http://127.0.0.1:port`, with TLS `https://…`. */
  readonly url: string
  readonly port: number
  /** Freezes it: connections stay open and nothing is answered. */
  pause(): void
  resume(): void
  /** Ends it at once, as a crash would; `restart` brings it back with what it held, on the same port. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** Ends it, and brings it back with nothing, as where its disk was lost. Of a cluster, all have to lose theirs. */
  restartEmpty(): Promise<void>
  /** Resolves when it answers and knows a leader. */
  untilHealthy(): Promise<void>
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>
}

/** The place of one server: its folder and its ports. */
export interface EtcdSeat {
  readonly name: string
  readonly folder: string
  readonly clients: number
  readonly peers: number
  /** Says whether the server is healthy, without TLS or password. */
  readonly health: number
}

export interface EtcdTls {
  readonly cert: string
  readonly key: string
  readonly ca?: string
}

export async function newSeat(name: string): Promise<EtcdSeat> {
  const [clients, peers, health] = [await freePort(), await freePort(), await freePort()]
  return { name, folder: mkdtempSync(join(tmpdir(), 'jcache-etcd-')), clients, peers, health }
}

export function etcdUrl({ clients }: EtcdSeat, tls: EtcdTls | undefined): string {
  return `${tls ? 'https' : 'http'}://127.0.0.1:${clients}`
}

export function etcdArguments(
  seat: EtcdSeat,
  cluster: { seats: readonly EtcdSeat[]; token: string; tls: EtcdTls | undefined },
): readonly string[] {
  const { seats, token, tls } = cluster
  const clients = etcdUrl(seat, tls)
  const peers = `http://127.0.0.1:${seat.peers}`
  return [
    ...['--name', seat.name, '--data-dir', join(seat.folder, 'data')],
    ...['--listen-client-urls', clients, '--advertise-client-urls', clients],
    ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers],
    ...['--initial-cluster', seats.map((each) => `${each.name}=http://127.0.0.1:${each.peers}`).join(',')],
    ...['--initial-cluster-token', token, '--listen-metrics-urls', `http://127.0.0.1:${seat.health}`],
    ...['--unsafe-no-fsync', '--heartbeat-interval', '50', '--election-timeout', '500'],
    ...['--logger', 'zap', '--log-level', 'warn'],
    ...(tls ? ['--cert-file', tls.cert, '--key-file', tls.key] : []),
    ...(tls?.ca ? ['--client-cert-auth', '--trusted-ca-file', tls.ca] : []),
  ]
}

/** The server of a seat, not started yet: `restart` does that. */
export function etcdServer(seat: EtcdSeat, program: Program, url: string): EtcdServer {
  const removeFolder = (): void => rmSync(seat.folder, { recursive: true, force: true })
  const forget = atExit(removeFolder)
  let running: RunningProcess | undefined

  const untilHealthy = async (): Promise<void> => {
    const ready = async () => !running?.alive() || (await healthy(seat.health))
    await untilTrue(ready, `etcd at ${url} is healthy`)
    if (running?.alive()) return
    const said = readFileSync(join(seat.folder, 'server.log'), 'utf8').trim().split('\n').slice(-3).join('\n')
    throw new Error(`etcd did not start at ${url}. Its last words:\n${said}`)
  }
  const start = async (): Promise<void> => {
    await running?.kill()
    running = await startProcess(program, seat.folder)
    await untilHealthy()
  }
  const restart = async (): Promise<void> => {
    try {
      await start()
    } catch {
      // While it was away, somebody's connection may have begun at its port.
      await sleep(1_000)
      await start()
    }
  }
  return {
    url,
    port: seat.clients,
    pause: () => running?.pause(),
    resume: () => running?.resume(),
    kill: async () => running?.kill(),
    restart,
    restartEmpty: async () => {
      await running?.kill()
      rmSync(join(seat.folder, 'data'), { recursive: true, force: true })
      await restart()
    },
    untilHealthy,
    stop: async () => {
      await running?.kill()
      forget()
      removeFolder()
    },
  }
}

async function healthy(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(1000) })
  return (await answer.text()).includes('"true"')
}
