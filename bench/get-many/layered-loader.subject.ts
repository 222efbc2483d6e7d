import type { Setup } from '../suite.ts'
import { layeredLoader } from '../tiers/layered-loader.ts'
import { overServer } from '../tiers/over-server.ts'
import { getMany } from './get-many.ts'

export const setup: Setup = () => overServer(layeredLoader, getMany)
