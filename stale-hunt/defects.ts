import type { Invalidation } from '@jcache/driver'
import { Copies } from '../packages/core/src/copies.ts'
import { Fences } from '../packages/core/src/fences.ts'

/** Ways to be wrong, each of which the hunt must find. */
export const defects = [
  'no fences',
  'kept when lost',
  'untold keys',
  'untold flushes',
  'own writes kept',
  'no signs of life',
] as const

export type Defect = (typeof defects)[number]

/** Breaks the client of this process; answers which messages of the stream get through to it. */
export function broken(defect: string): (told: Invalidation) => boolean {
  let lives = 0
  switch (defect as Defect | '') {
    case 'no fences':
      Fences.prototype.stands = () => true
      break
    case 'own writes kept':
      Copies.prototype.invalidate = () => {}
      break
    case 'kept when lost':
      return ({ kind }) => kind !== 'lost' && (kind !== 'live' || lives++ === 0)
    case 'untold keys':
      return ({ kind }) => kind !== 'keys' || Math.random() > 0.05
    case 'untold flushes':
      return ({ kind }) => kind !== 'all'
  }
  return () => true
}
