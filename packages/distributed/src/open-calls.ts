import { Numbered } from './numbered.ts'

interface Numbers {
  readonly seq: number
  readonly mode: 'read' | 'write' | 'block'
}

/** The calls of a process that are not answered yet. Those that may wait for long are kept apart from all others. */
export class OpenCalls<Call extends Numbers> {
  readonly #brief = new Numbered<Call>()
  readonly #waiting = new Numbered<Call>()

  get size(): number {
    return this.#brief.size + this.#waiting.size
  }

  get(seq: number): Call | undefined {
    return this.#brief.get(seq) ?? this.#waiting.get(seq)
  }

  add(call: Call): void {
    this.#of(call).set(call.seq, call)
  }

  delete(call: Call): void {
    this.#of(call).delete(call.seq)
  }

  /** Those that are answered as soon as they can be. */
  brief(): Call[] {
    return this.#brief.values()
  }

  /** Those that may wait for long. */
  waiting(): Call[] {
    return this.#waiting.values()
  }

  values(): Call[] {
    return [...this.brief(), ...this.waiting()]
  }

  /** The lowest number of those like the call that are open: what came to any below needs to be remembered no more. */
  floorOf(call: Call): number {
    return this.#of(call).least ?? call.seq
  }

  #of({ mode }: Call): Numbered<Call> {
    return mode === 'block' ? this.#waiting : this.#brief
  }
}
