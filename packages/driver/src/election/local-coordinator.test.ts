import { expect, test } from 'vitest'
import { type LocalPlace, localCoordinator, localPlace } from '../election.ts'

test('D14: coordinators meet at the same place, and nowhere else', async () => {
  const place = localPlace()
  await localCoordinator(place).swap(null, 'here')
  expect((await localCoordinator(place).get())?.state).toBe('here')
  expect(await localCoordinator().get()).toBeNull()
  expect(await localCoordinator(localPlace()).get()).toBeNull()
})

test('D14: a place that is none is refused', () => {
  const place: LocalPlace = { lapse: () => {} }
  expect(() => localCoordinator(place)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
})

test('D14: a listener is not called within the call that it is told of', async () => {
  const coordinator = localCoordinator<number>()
  const order: string[] = []
  coordinator.subscribe(() => order.push('told'))
  const swapping = coordinator.swap(null, 1)
  order.push('called')
  await swapping
  expect(order).toEqual(['called', 'told'])
})
