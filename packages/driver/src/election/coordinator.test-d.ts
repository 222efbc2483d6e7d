import { expectTypeOf, test } from 'vitest'
import { type Coordinator, localCoordinator } from '../election.ts'

interface Term {
  readonly leader: string
}

test('the state of the record is that of where the coordinator goes', () => {
  const use = (coordinator: Coordinator<Term>) => coordinator
  expectTypeOf(use(localCoordinator())).toEqualTypeOf<Coordinator<Term>>()
  expectTypeOf(localCoordinator<Term>().swap).parameter(1).toEqualTypeOf<Term>()
  expectTypeOf(localCoordinator<Term>().get()).resolves.toExtend<{ state: Term; revision: string } | null>()
  // @ts-expect-error a state of another shape
  void localCoordinator<Term>().swap(null, { leader: 1 })
})
