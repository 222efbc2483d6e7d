import type { Answer, News } from '../effect.ts'
import type { Operation } from './operation.fixture.ts'

export function showCommand({ command, mode, read, ack }: Operation): string {
  const args = command.args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg)))
  return `${[command.name, ...args].join(' ')} (${mode === 'read' ? read.kind : ack})`
}

export function showAnswer(answer: Answer): string {
  if (answer.kind === 'cancelled') return 'cancelled'
  if (answer.kind === 'failed')
    return `${answer.code}, ${answer.executed === 'no' ? 'not executed' : 'outcome unknown'}`
  const { outcome, place } = answer
  return `${outcome.ok ? JSON.stringify(outcome.value) : outcome.code} at ${place.offset}`
}

export function showNews(news: News): string {
  const { kind, ...facts } = news
  const told = Object.entries(facts).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : value}`,
  )
  return [kind, ...told].join(', ')
}
