import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process that is asked, one question after the other. */
export interface Talker {
  ask<Answer>(question: string, ...args: readonly unknown[]): Promise<Answer>
  /** Ends the process. */
  end(): Promise<void>
}

interface Reply {
  readonly answer?: unknown
  readonly error?: string
}

/** Starts a process by its file, which answers by `answers`. */
export function talkTo(file: string, args: readonly string[]): Talker {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--conditions=@jcache/source', '--no-warnings'],
    serialization: 'advanced',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    ask: async <Answer>(question: string, ...more: readonly unknown[]) => {
      const { answer, error } = await replyOf(child, [question, ...more])
      if (error) throw new Error(`${file}, asked to ${question}: ${error}`)
      return answer as Answer
    },
    end: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function replyOf(child: ChildProcess, question: readonly unknown[]): Promise<Reply> {
  return new Promise((resolve) => {
    const gone = () => resolve({ error: 'the process has ended' })
    child.once('exit', gone)
    child.once('message', (reply) => {
      child.off('exit', gone)
      resolve(reply as Reply)
    })
    child.send(question)
  })
}

/** Answers the questions that the parent asks, by the function of that name. */
export function answers(by: { readonly [question: string]: (...args: never[]) => unknown }): void {
  process.on('message', async ([question = '', ...args]: [string, ...never[]]) => {
    try {
      process.send?.({ answer: await by[question]?.(...args) } satisfies Reply)
    } catch (error) {
      process.send?.({ error: String(error) } satisfies Reply)
    }
  })
  // An orphan has nobody to answer.
  process.once('disconnect', () => process.exit())
}
