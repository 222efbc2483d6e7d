import { describe, expect, test } from 'vitest'
import { orSkipped, sharedSet } from '../../scripts/servers/shared.ts'
import { type Ended, run } from '../demo/run.fixture.ts'

/** Runs the demo as `npm run demo -- --cluster` does, with these lines as its input, to its end. */
function demo(args: readonly string[], input = ''): Promise<Ended> {
  return run(new URL('../demo/demo.ts', import.meta.url), ['--cluster', ...args], input)
}

function told(out: string): void {
  expect(out).not.toContain('\x1b')
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  for (const unfit of ['NaN', 'undefined', 'Infinity', '[object']) expect(out).not.toContain(unfit)
  const prose = out.replace(/\s+/g, ' ')
  const [, acknowledged = '', lost] =
    /Of ([\d,]+) writes that were acknowledged, .* ([\d,]+) are lost/.exec(prose) ?? []
  expect(Number(acknowledged.replaceAll(',', ''))).toBeGreaterThan(50)
  expect(lost).toBe('0')
  expect(prose).toMatch(/ 0 calls failed, .* acknowledged writes 0 are lost/)
}

test('npm run demo -- --cluster: nothing that was acknowledged is lost', async () => {
  const { code, out, err } = await demo([])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  told(out)
}, 90_000)

const etcd = await orSkipped(sharedSet('etcd'))

describe.skipIf(!etcd)('with a real etcd', () => {
  test('npm run demo -- --cluster --etcd: the same', async () => {
    const { code, out, err } = await demo(['--etcd'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    told(out)
  }, 90_000)

  test('node.ts is a node with a prompt', async () => {
    const args = ['--etcd', `${etcd?.urls}`, '--prefix', `/example-${process.pid}`]
    const lines = 'set hello world\nget hello\nstatus\n'
    const { code, out, err } = await run(new URL('node.ts', import.meta.url), args, lines)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/This node listens on 127\.0\.0\.1:\d+/)
    expect(out).toMatch(/get hello\n.*\n"world"\n/)
    expect(out).toMatch(/this +\d+ +leader/)
  }, 60_000)
})

test('npm run demo -- --cluster --repl: commands on any node, which may be stopped', async () => {
  const lines = [
    'set hello world',
    'node 2',
    'get hello',
    'stop 1',
    'get hello',
    'set hello again',
    'node 9',
    'status',
  ]
  const { code, out, err } = await demo(['--repl'], `${lines.join('\n')}\n`)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/node 2> get hello\n.*\n"world"\n/)
  expect(out).toContain('Node 1 has left')
  expect(out).toMatch(/set hello again\n.*\ntrue\n/)
  expect(out).toContain('There is no node 9')
  expect(out).toMatch(/ leader +2 /)
}, 60_000)
