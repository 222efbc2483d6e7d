// What no committed file may be: named after no idea, or tied to the machine that wrote it.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { root } from './published.ts'

// Written in pieces, so that this file is not found by its own words.
const folders = ['home/[a-z]', 'Users/[A-Za-z]', 'root/', 'tmp/'].map((folder) => `(?<![\\w.:/-])/${folder}`)
const machinePaths = new RegExp(folders.join('|'))
const here = [root.replace(/\/$/, ''), homedir()].filter((path) => path.split('/').length > 2)
const vague = /(^|\/)(utils?|helpers?|types|common|misc)\.[cm]?[jt]s$|(^|\/)base-/

// A copy without its history, such as a downloaded archive, cannot tell which files are committed.
const git = existsSync(join(root, '.git'))
const listed = !git
  ? []
  : execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0')
const wrong: string[] = []
for (const file of listed.filter((name) => name !== '' && existsSync(join(root, name)))) {
  if (vague.test(file)) wrong.push(`${file}: name the file after its one idea`)
  const text = readFileSync(join(root, file), 'utf8')
  if (text.includes('\0')) continue
  for (const [index, line] of text.split('\n').entries()) {
    const path = line.match(machinePaths)?.[0] ?? here.find((path) => line.includes(path))
    if (path !== undefined) wrong.push(`${file}:${index + 1}: a path of one machine (${path})`)
  }
  // pnpm writes addresses only for registries other than npm's own: nobody else can reach those.
  if (file === 'pnpm-lock.yaml' && text.includes('tarball:')) {
    wrong.push(`${file}: holds tarball addresses; install from the public registry`)
  }
}

if (wrong.length > 0) {
  console.error(wrong.join('\n'))
  process.exitCode = 1
}
