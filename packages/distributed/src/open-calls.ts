import { Numbered } from './numbered.ts'

interface Numbers {
  readonly seq: number
  readonly mode: 'read' | 'write' | 'block'
}

/** The calls of a process that are not answered yet. Those that may wait for long are kept apart from all others. */
export class OpenCalls<Call extends Numbers> {
  readonly #brief = new Numbered<Call>()
  readonly #blocked = new Numbered<Call>()

  get size(): number {
    return this.#brief.size + this.#blocked.size
  }

  get(seq: number): Call | undefined {
    return this.#brief.get(seq) ?? this.#blocked.get(seq)
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
  blocked(): Call[] {
    return this.#blocked.values()
  }

  values(): Call[] {
    return [...this.brief(), ...this.blocked()]
  }

  /** The lowest number of those like the call that are open: what came to any below needs to be remembered no more. */
  floorOf(call: Call): number {
    return this.#of(call).least ?? call.seq
  }

  #of({ mode }: Call): Numbered<Call> {
    return mode === 'block' ? this.#blocked : this.#brief
  }
}
