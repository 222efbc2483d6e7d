import type { Commands, Driver } from '@jcache/driver'
import { memory } from '@jcache/memory'

/** A shared tier that no near hit may reach. */
export function far(): Driver<Commands, 'shared'> {
  return { ...memory(), name: 'far', scope: 'shared' }
}
