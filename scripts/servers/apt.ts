import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** apt as a downloader: it reads the distribution's lists and changes nothing on the system. */
export class Apt {
  readonly #options: readonly string[]

  private constructor(options: readonly string[]) {
    this.#options = options
  }

  /** An apt that knows these packages: from the system's lists, else from lists of our own in `state`, made without root. */
  static async knowing(packages: readonly string[], state: string): Promise<Apt> {
    const wanted = packages.length
    const system = new Apt([])
    if ((await system.known(packages)).length === wanted) return system

    mkdirSync(join(state, 'lists', 'partial'), { recursive: true })
    mkdirSync(join(state, 'cache', 'archives', 'partial'), { recursive: true })
    const own = new Apt([
      ...['-o', `Dir::State::Lists=${join(state, 'lists')}`],
      ...['-o', `Dir::Cache=${join(state, 'cache')}`],
    ])
    if ((await own.known(packages)).length === wanted) return own
    await own.#get(['update'])
    if ((await own.known(packages)).length === wanted) return own
    throw new Error(`the distribution has no package ${packages.join(' or ')}`)
  }

  /** Those of the packages that can be downloaded. */
  async known(packages: readonly string[]): Promise<readonly string[]> {
    if (packages.length === 0) return []
    const { stdout } = await run('apt-cache', [...this.#options, 'policy', ...packages], { env: english() })
    return packages.filter((name) => {
      const [, after = ''] = `\n${stdout}`.split(`\n${name}:\n`)
      return /^ +Installed:.*\n +Candidate: (?!\(none\))/.test(after)
    })
  }

  /** Downloads the packages into a folder and answers their files. */
  async download(packages: readonly string[], folder: string): Promise<readonly string[]> {
    await this.#get(['download', ...packages], folder)
    return readdirSync(folder)
      .filter((name) => name.endsWith('.deb'))
      .map((name) => join(folder, name))
  }

  async #get(args: readonly string[], cwd = '/'): Promise<void> {
    // As root, apt would otherwise download as a user who may not write here.
    const options = ['-qq', '-o', 'Acquire::Retries=1', '-o', 'APT::Sandbox::User=root', ...this.#options]
    try {
      await run('apt-get', [...options, ...args], { cwd, timeout: 120_000, env: english() })
    } catch (error) {
      const said = String((error as { stderr?: unknown }).stderr ?? '').split('\n')
      const reason = ['E:', 'W:'].map((kind) => said.find((line) => line.startsWith(kind))).find(Boolean)
      throw new Error(`apt-get ${args[0]} failed: ${reason ?? 'it gave no reason'}`, { cause: error })
    }
  }
}

/** Its answers are read above, so they must not be translated. */
function english(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C' }
}
