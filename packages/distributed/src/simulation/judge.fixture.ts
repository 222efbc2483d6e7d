import type { Answer } from '../effect.ts'
import type { Operation } from './operation.fixture.ts'
import type { Truth } from './truth.fixture.ts'
import { must } from './violation.fixture.ts'

type Done = Extract<Answer, { kind: 'done' }>

/** Holds an answer against what was committed, in every history there was. */
export function judge(
  operation: Operation,
  answer: Answer,
  truths: ReadonlyMap<string, Truth>,
  minInSync: number,
): void {
  if (answer.kind !== 'done') return
  // What the leader alone acknowledged is promised nothing.
  if (operation.mode !== 'read' && operation.ack !== 'in-sync') return
  const { name } = operation
  const { place } = answer
  const truth = truths.get(place.history)
  must(truth !== undefined, '7 no dirty reads', () => `${name} is of no history: ${place.history}`)
  if (!truth) return
  must(place.offset <= truth.last, '7 no dirty reads', () => `${name} shows ${place.offset} of ${truth.last}`)
  if (operation.mode === 'read') judgeRead(operation, answer, truth)
  else judgeWrite(operation, answer, truth, minInSync)
  if (isLinear(operation)) judgeOrder(operation, answer)
}

/** Whether the call must see all that was committed before it began. */
export function isLinear({ mode, ack, read }: Operation): boolean {
  return mode === 'read' ? read.kind === 'linearizable' : ack === 'in-sync'
}

function judgeRead({ name, command, read, began, floor }: Operation, answer: Done, truth: Truth): void {
  const { place, outcome, staleness } = answer
  const wanted = truth.valueAt(String(command.args[0]), place)
  const found = outcome.ok ? outcome.value : outcome.code
  must(
    JSON.stringify(found) === JSON.stringify(wanted),
    '7 a read shows what was committed',
    () =>
      `${name} at ${place.offset}@${place.time} shows ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`,
  )
  if (read.kind !== 'staleness' || floor.history !== place.history) return
  // The first commit that it does not show must be young enough.
  const due = truth.seenAt[place.offset]
  must(
    due === undefined || due >= began - read.most * 1.02,
    '6 staleness is bounded',
    () => `${name} is older than ${read.most} ms (${staleness})`,
  )
}

function judgeWrite({ name }: Operation, { place, outcome }: Done, truth: Truth, minInSync: number): void {
  const known = truth.ids.get(name)
  // What changed nothing is in no log.
  if (known === undefined) return
  must(
    known === place.offset,
    '4 acknowledged is committed',
    () => `${name} is at ${known}, not ${place.offset}`,
  )
  const holders = truth.holders(place.offset)
  must(holders >= minInSync, '4 acknowledged is held by enough', () => `${name} is held by ${holders}`)
  const wanted = truth.outcomes[place.offset - 1]
  must(
    JSON.stringify(outcome) === JSON.stringify(wanted),
    '10 the answer is what the log says',
    () => `${name} at ${place.offset}: ${JSON.stringify(outcome)}, not ${JSON.stringify(wanted)}`,
  )
}

/** The directed check: each call has its place among the writes, so that no search is needed. */
function judgeOrder({ name, floor }: Operation, { place }: Done): void {
  if (floor.history !== place.history) return
  must(
    place.offset >= floor.offset && place.time >= floor.time,
    '6 linearizable calls see all that was committed before',
    () => `${name} is at ${place.offset}@${place.time}, before it was ${floor.offset}@${floor.time}`,
  )
}
