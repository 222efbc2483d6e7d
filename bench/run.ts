/**
 * Runs a suite: `pnpm bench <suite> [rounds]`. Every subject is a file in the suite's folder and runs in a process of its
 * own, one after the other, round after round, so that a busy moment of the machine meets them all. The subject named
 * `baseline` is 1.0; compare ratios, not nanoseconds.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const [suite = '', rounds = '5'] = process.argv.slice(2)
const folder = join(import.meta.dirname, suite)
const files = readdirSync(folder).filter((file) => file.endsWith('.subject.ts'))
const times = new Map<string, number[]>(files.map((file) => [file, []]))

for (let round = 0; round < Number(rounds); round++) {
  for (const file of files) {
    const args = [
      '--conditions=@jcache/source',
      '--no-warnings',
      join(import.meta.dirname, 'measure.ts'),
      join(folder, file),
    ]
    const out = execFileSync(process.execPath, args, { encoding: 'utf8' })
    const { ns } = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as { ns: number }
    times.get(file)?.push(ns)
  }
}

const median = (of: readonly number[]) => [...of].sort((a, b) => a - b)[of.length >> 1] ?? Number.NaN
const rows = [...times].map(([file, of]) => ({
  subject: file.replace('.subject.ts', ''),
  ns: median(of),
  least: Math.min(...of),
}))
const base = rows.find(({ subject }) => subject === 'baseline') ?? rows[0]
console.log(`suite ${suite}, ${rounds} rounds, Node ${process.version}: CPU time of one operation\n`)
console.log('| subject | median ns | ratio of medians | ratio of least |\n|---|---|---|---|')
for (const { subject, ns, least } of rows.sort((a, b) => a.ns - b.ns)) {
  const ratio = (value: number, to: number) => (value / to).toFixed(2)
  console.log(
    `| ${subject} | ${Math.round(ns)} | ${ratio(ns, base?.ns ?? 1)} | ${ratio(least, base?.least ?? 1)} |`,
  )
}
