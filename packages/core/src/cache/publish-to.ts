import type { CacheEvent } from './cache-event.ts'

/** A channel of `node:diagnostics_channel`, or anything like it. */
export interface Channel {
  readonly hasSubscribers: boolean
  publish(message: unknown): void
}

/**
 * For `onEvent`: publishes what a cache does, where somebody has subscribed. The channel is the caller's, so that no bundle
 * for browsers holds a module of Node: `onEvent: publishTo(channel('jcache:cache'))`.
 */
export function publishTo(channel: Channel): (event: CacheEvent) => void {
  return (event) => {
    if (channel.hasSubscribers) channel.publish(event)
  }
}
