import type { Command } from '../command.ts'
import type { Commands } from '../commands/index.ts'
import type { ErrorCode } from '../errors.ts'
import { type Content, put, read, typeOf } from './content.ts'
import { expectCode, expectEqual, show, Unmet } from './equal.ts'
import type { Subject } from './subject.ts'

/**
 * One thing that a command does: a sentence, a call and its answer.
 * Every case has a key of its own; what begins with that key (`${key}b`) is its own too, and in the same cluster slot.
 */
export type Case<Method> = {
  /** What the command does here; its name stands before. */
  readonly says: string
  /** What the key holds at the start; without it there is no such key. */
  readonly given?: Content
  /** What the key holds at the end, null: no such key. After a failure, or `args` to a read: what was given, unless said otherwise. */
  readonly leaves?: Content | null
} & ((Called<Method> & (Fails | Answers<Answer<Method>>)) | (Ran & (Fails | { readonly answers: unknown })))

/** The command called once: the arguments that follow the key. */
interface Called<Method> {
  readonly args: Method extends (key: string, ...args: infer Rest) => unknown ? Readonly<Rest> : never
}

/** Any number of calls. */
interface Ran {
  readonly run: (c: Commands, key: string) => Promise<unknown>
}

interface Fails {
  readonly fails: ErrorCode
}

/** The answer, or what tells whether it is right. */
interface Answers<Value> {
  readonly answers: Value | ((found: Value) => boolean)
}

type Answer<Method> = Method extends (...args: never) => Promise<infer Value> ? Value : never

/** At least one case for every command: one without does not compile. */
export type Cases<Methods> = {
  readonly [Name in keyof Methods]: readonly [Case<Methods[Name]>, ...Case<Methods[Name]>[]]
}

/** A case as the kit plays it. */
export interface AnyCase {
  readonly says: string
  readonly given?: Content
  readonly args?: readonly unknown[]
  readonly run?: (c: Commands, key: string) => Promise<unknown>
  readonly answers?: unknown
  readonly fails?: ErrorCode
  readonly leaves?: Content | null
}

/** Plays one case of the command on the subject. */
export async function play(
  name: string,
  { mode }: Command,
  { given, args = [], run, answers, fails, leaves }: AnyCase,
  subject: Subject,
  key: string,
): Promise<void> {
  const { commands: c } = subject
  if (given !== undefined) await put(c, key, given)
  const call = run ? run(c, key) : subject.call(name, key, ...args)
  if (fails) {
    await expectCode(call, fails, name)
  } else {
    const answer = await call
    if (typeof answers !== 'function') expectEqual(answer, answers, `${name} answered`)
    else if (!answers(answer)) throw new Unmet(`${name} answered ${show(answer)}`, answers, answer)
  }
  const unchanged = fails || (mode === 'read' && !run) ? given : undefined
  const left = leaves === undefined ? unchanged : leaves
  if (left !== undefined) await expectContent(subject, key, left)
}

/** Throws unless the key holds the content; null: unless there is no key. */
export async function expectContent(subject: Subject, key: string, wanted: Content | null): Promise<void> {
  const { commands: c } = subject
  if (wanted !== null) expectEqual(await read(c, key, typeOf(wanted)), wanted, 'the key holds')
  else if (subject.offers('exists')) expectEqual(await c.exists(key), 0, 'exists answers')
  else expectEqual(await c.get(key), null, 'the key holds')
}
