/**
 * Runs a suite: `pnpm bench <suite> [rounds] [subjects, by comma]`. Every subject is a file in the suite's folder and runs in a process of its
 * own, one after the other, round after round, so that a busy moment of the machine meets them all. The subject named
 * `baseline`, else `jcache`, is 1.0; compare ratios, not nanoseconds. What a server does takes no CPU time here: by the clock
 * it does, and so does whatever else the machine was doing.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const [suite = '', rounds = '5', only = ''] = process.argv.slice(2)
const folder = join(import.meta.dirname, suite)
const files = readdirSync(folder).filter((file) => {
  const subject = file.split('.subject.ts')[0] ?? ''
  return file.endsWith('.subject.ts') && (!only || only.split(',').includes(subject))
})
interface Time {
  /** Nanoseconds of CPU time, and by the clock. */
  readonly ns: number
  readonly wall: number
}
const times = new Map<string, Time[]>(files.map((file) => [file, []]))

for (let round = 0; round < Number(rounds); round++) {
  for (const file of files) {
    const args = [
      '--conditions=@jcache/source',
      '--no-warnings',
      join(import.meta.dirname, 'measure.ts'),
      join(folder, file),
    ]
    const out = execFileSync(process.execPath, args, { encoding: 'utf8' })
    times.get(file)?.push(JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Time)
  }
}

const median = (of: readonly number[]) => [...of].sort((a, b) => a - b)[of.length >> 1] ?? Number.NaN
const rows = [...times].map(([file, of]) => ({
  subject: file.replace('.subject.ts', ''),
  ns: median(of.map(({ ns }) => ns)),
  least: Math.min(...of.map(({ ns }) => ns)),
  wall: median(of.map(({ wall }) => wall)),
}))
const base =
  rows.find(({ subject }) => subject === 'baseline') ??
  rows.find(({ subject }) => subject === 'jcache') ??
  rows[0]
console.log(`suite ${suite}, ${rounds} rounds, Node ${process.version}: time of one operation\n`)
console.log('| subject | CPU, median ns | ratio of medians | ratio of least | clock, median ns | ratio |')
console.log('|---|---|---|---|---|---|')
for (const { subject, ns, least, wall } of rows.sort((a, b) => a.wall - b.wall)) {
  const ratio = (value: number, to: number | undefined) => (value / (to ?? 1)).toFixed(2)
  const ratios = [ratio(ns, base?.ns), ratio(least, base?.least), Math.round(wall), ratio(wall, base?.wall)]
  console.log(`| ${[subject, Math.round(ns), ...ratios].join(' | ')} |`)
}
