import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { acknowledged, backwards, historyOf, overtaken, verdicts } from './history.fixture.ts'
import type { End, Note, What } from './note.fixture.ts'

type Line = [began: number, ended: number | null, name: What['name'], key: string, value: string, end?: End]

/** The history of one process that made these calls. */
function history(level: What['level'], ...lines: readonly Line[]) {
  const folder = mkdtempSync(join(tmpdir(), 'jcache-history-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const notes = lines.flatMap(([began, ended, name, key, value, end], call): Note[] => [
    { kind: 'began', call, at: began, what: { name, key, value, level } },
    ...(ended !== null && end ? [{ kind: 'ended' as const, call, at: ended, end }] : []),
  ])
  const file = join(folder, 'notes')
  // Killed while it wrote its last line.
  writeFileSync(file, `${notes.map((note) => JSON.stringify(note)).join('\n')}\n{"kind":"beg`)
  return historyOf('n0', file)
}

const answered = (value: string | number | boolean | null): End => ({ kind: 'answered', value })

test('a stale read and a lost write are found', () => {
  const calls = history(
    'linearizable',
    [0, 1, 'set', 'stale', 'a', answered(true)],
    [2, 3, 'set', 'stale', 'b', answered(true)],
    [4, 5, 'get', 'stale', '', answered('a')],
    [0, 1, 'set', 'lost', 'a', answered(true)],
    [2, 3, 'get', 'lost', '', answered(null)],
    [0, 1, 'incr', 'twice', '', answered(1)],
    [2, 3, 'incr', 'twice', '', answered(3)],
  )
  expect([...verdicts(calls)]).toEqual([
    ['stale', 'not linearizable'],
    ['lost', 'not linearizable'],
    ['twice', 'not linearizable'],
  ])
})

test('what was open when its process was killed, or is unknown, may have happened or not', () => {
  const calls = history(
    'linearizable',
    [0, null, 'set', 'open', 'a'],
    [1, 2, 'get', 'open', '', answered(null)],
    [3, 4, 'get', 'open', '', answered('a')],
    [0, 1, 'incr', 'unknown', '', { kind: 'unknown' }],
    [2, 3, 'incr', 'unknown', '', answered(2)],
    [0, 1, 'set', 'not', 'a', { kind: 'not executed' }],
    [2, 3, 'get', 'not', '', answered('a')],
  )
  expect([...verdicts(calls)]).toEqual([
    ['open', 'linearizable'],
    ['unknown', 'linearizable'],
    ['not', 'not linearizable'],
  ])
})

test('a counter that answers less than was acknowledged before is found', () => {
  const calls = history(
    'linearizable',
    [0, 2, 'incr', 'c0', '', answered(5)],
    [1, 3, 'get', 'c0', '', answered('4')],
    [3, 4, 'get', 'c0', '', answered('4')],
    [3, 4, 'incr', 'c0', '', answered(5)],
    [5, 6, 'get', 'c0', '', answered('5')],
    [5, 6, 'get', 'c1', '', answered(null)],
  )
  expect(overtaken(calls)).toEqual(['n0, c0: 4, at least 5 was due', 'n0, c0: 5, at least 6 was due'])
})

test('a session that goes back is found, and what was acknowledged is known', () => {
  const counter: Line[] = [
    [0, 1, 'get', 'c0', '0', answered('5')],
    [2, 3, 'get', 'c0', '0', answered('4')],
    [2, 3, 'get', 'c0', '1', answered('4')],
  ]
  expect(backwards(history('session', ...counter))).toEqual(['n0, caller 0, c0: 5, then 4'])
  const own = history(
    'linearizable',
    [0, 1, 'set', 'own:a', 'a', answered(true)],
    [0, 1, 'set', 'own:b', 'b', { kind: 'unknown' }],
  )
  expect(acknowledged(own)).toEqual(['own:a'])
})
