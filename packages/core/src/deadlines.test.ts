import { expect, test, vi } from 'vitest'
import { Deadlines } from './deadlines.ts'

test('T5: an answer that arrives while the process is busy is read before the call is given up', async () => {
  const fail = vi.fn()
  const deadlines = new Deadlines(20, (what) => new Error(what))
  const call = deadlines.begin('get', fail)
  let inTime: boolean | undefined
  setImmediate(() => {
    inTime = deadlines.end(call)
  })
  const start = performance.now()
  while (performance.now() - start < 60);
  await vi.waitFor(() => expect(inTime).toBe(true))
  expect(fail).not.toHaveBeenCalled()
  deadlines.endAll(new Error('over'))
})
