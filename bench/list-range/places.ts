import { seeded } from '../suite.ts'

export const COUNT = 1_000_000

const random = seeded(1)

/** Any place that a hundred values follow. */
export const anyPlace = (): number => Math.floor(random() * (COUNT - 100))
