export * from '@jcache/core'
export * from '@jcache/memory'
export { createClient } from './create-client.ts'
