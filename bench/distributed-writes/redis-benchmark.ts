import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findProgram } from '../../scripts/servers/find.ts'
import { KEYS, type Tally, VALUE } from './load.ts'

/** The program of Redis itself: SETs of so many connections, so many on their way on each. */
export async function redisBenchmark(
  port: number,
  connections: number,
  pipeline: number,
  writes: number,
): Promise<Tally> {
  const found = findProgram('redis-benchmark')
  if (!found) throw new Error('redis-benchmark is neither on PATH nor fetched with redis-server')
  const numbers = {
    '-p': port,
    '-c': connections,
    '-P': pipeline,
    '-n': writes,
    '-d': VALUE.length,
    '-r': KEYS,
  }
  const args = [
    '-t',
    'set',
    '--csv',
    ...Object.entries(numbers).flatMap(([name, value]) => [name, `${value}`]),
  ]
  const env = { ...process.env, ...found.env }
  const { stdout } = await promisify(execFile)(found.command, args, { env })
  const [names = '', values = ''] = stdout.trim().split('\n').slice(-2)
  const cells = (line: string) => line.split(',').map((cell) => cell.replaceAll('"', ''))
  const row = new Map(cells(names).map((name, place) => [name, Number(cells(values)[place])]))
  const cell = (name: string): number => row.get(name) ?? Number.NaN
  return { writes, perSecond: cell('rps'), p50: cell('p50_latency_ms'), p99: cell('p99_latency_ms') }
}
