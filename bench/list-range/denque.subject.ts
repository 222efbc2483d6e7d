import Denque from 'denque'
import type { Setup } from '../suite.ts'
import { anyPlace, COUNT } from './places.ts'

export const setup: Setup = () => {
  const list = new Denque<string>()
  for (let at = 0; at < COUNT; at++) list.push(`value:${at}`)
  return {
    run: () => {
      const start = anyPlace()
      const range: (string | undefined)[] = []
      for (let at = start; at < start + 100; at++) range.push(list.peekAt(at))
      return range
    },
  }
}
