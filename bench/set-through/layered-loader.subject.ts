import type { Setup } from '../suite.ts'
import { layeredLoader } from '../tiers/layered-loader.ts'
import { overServer } from '../tiers/over-server.ts'
import { setThrough } from './set-through.ts'

export const setup: Setup = () => overServer(layeredLoader, setThrough)
