/** A bundle that somebody might ship, and what it may cost. */
export interface Bundle {
  readonly name: string
  /** The module to bundle: it imports what its user needs and no more. */
  readonly code: string
  /** Bytes, minified and gzipped. Raise it in the commit that needs more, and say why there. */
  readonly maxGzip: number
  /** What it should come down to, where it is not there yet. */
  readonly aim?: number
  /** Words of code that must be left out, as they appear after minifying: names of commands and of Node's modules. */
  readonly forbidden: readonly string[]
}

// Redis commands of other groups, as they would be seen in a bundle that holds too much.
const otherThanStrings = ['hincrby', 'lpush', 'blpop', 'zrangebyscore']

export const bundles: readonly Bundle[] = [
  {
    name: 'core and memory, plain strings only, lean client and tier',
    code: `
      import { leanClientOf } from '@jcache/core'
      import { plainString } from '@jcache/driver'
      import { leanMemoryOf, plainStringGroup } from '@jcache/memory'
      export const client = leanClientOf(plainString, leanMemoryOf(plainStringGroup)())`,
    maxGzip: 4096,
    aim: 4096,
    forbidden: [...otherThanStrings, 'getrange', 'node:'],
  },
  {
    name: 'core and memory, all of strings, lean client and tier',
    code: `
      import { leanClientOf } from '@jcache/core'
      import { string } from '@jcache/driver'
      import { leanMemoryOf, stringGroup } from '@jcache/memory'
      export const client = leanClientOf(string, leanMemoryOf(stringGroup)())`,
    maxGzip: 5200,
    forbidden: [...otherThanStrings, 'node:'],
  },
  {
    name: 'core and memory, all of strings, client over one lean tier',
    code: `
      import { createClientOf } from '@jcache/core'
      import { string } from '@jcache/driver'
      import { leanMemoryOf, stringGroup } from '@jcache/memory'
      export const client = createClientOf(string, leanMemoryOf(stringGroup)())`,
    maxGzip: 6200,
    forbidden: [...otherThanStrings, 'node:'],
  },
  {
    name: 'core and memory, plain strings only, lean client and tier, with the object cache',
    code: `
      import { createCache, leanClientOf } from '@jcache/core'
      import { plainString } from '@jcache/driver'
      import { leanMemoryOf, plainStringGroup } from '@jcache/memory'
      export const cache = createCache(leanClientOf(plainString, leanMemoryOf(plainStringGroup)()))`,
    maxGzip: 10200,
    aim: 9216,
    // Leases, other codecs and observers are there for those who import them.
    forbidden: [...otherThanStrings, 'getrange', 'node:', 'atob', 'hasSubscribers', 'came back as'],
  },
  {
    name: 'core and memory, all of strings, tiers and full memory',
    code: `
      import { createClientOf, tiered } from '@jcache/core'
      import { string } from '@jcache/driver'
      import { memoryOf, stringGroup } from '@jcache/memory'
      export const clientOver = (far) => createClientOf(string, tiered([memoryOf(stringGroup)(), far]))`,
    maxGzip: 13650,
    forbidden: [...otherThanStrings, 'node:'],
  },
  {
    name: 'core and memory, every command, client over one lean tier',
    code: `
      import { createClientOf } from '@jcache/core'
      import { commands } from '@jcache/driver'
      import {
        hashGroup, keyGroup, leanMemoryOf, listGroup, serverGroup, setGroup, sortedSetGroup, stringGroup,
      } from '@jcache/memory'
      export const client = createClientOf(commands, leanMemoryOf(
        keyGroup, serverGroup, stringGroup, hashGroup, listGroup, setGroup, sortedSetGroup,
      )())`,
    maxGzip: 16384,
    aim: 16384,
    forbidden: ['node:'],
  },
  {
    name: 'core and memory, everything: every command over any tiers, full memory',
    code: `
      import { createClient } from 'jcache'
      export const client = createClient()`,
    // Sorted sets that are twice as fast at a million members took 900 bytes.
    maxGzip: 23550,
    aim: 16384,
    forbidden: ['node:'],
  },
]
