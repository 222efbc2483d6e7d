import { isTokenRefused, silence } from './failure.ts'
import type { KeyRange } from './keys.ts'
import { Backoff, pause } from './pause.ts'
import type { Servers } from './servers.ts'

/**
 * Wakes its caller when keys of the range may have changed: with every event of a watch, whenever a watch begins or ends,
 * and every so often in any case. What a watch says is not believed, since events get lost; it is a reason to read.
 */
export function watch(servers: Servers, range: KeyRange, wake: () => void): () => void {
  const stopping = new AbortController()
  const stopped = AbortSignal.any([stopping.signal, servers.closing])
  const wakeUnlessStopped = (): void => {
    if (!stopped.aborted) wake()
  }
  const timer = setInterval(wakeUnlessStopped, servers.settings.lookEvery)
  timer.unref()
  stopped.addEventListener('abort', () => clearInterval(timer), { once: true })
  void keepWatching(servers, range, wakeUnlessStopped, stopped)
  return () => stopping.abort()
}

async function keepWatching(
  servers: Servers,
  range: KeyRange,
  wake: () => void,
  stopped: AbortSignal,
): Promise<void> {
  const backoff = new Backoff(50, 2_000)
  while (!stopped.aborted) {
    try {
      await watchOnce(
        servers,
        range,
        () => {
          backoff.reset()
          wake()
        },
        stopped,
      )
    } catch {
      // Told as an event.
    }
    wake()
    await pause(backoff.next(), stopped)
  }
}

/** Watches until the stream ends, for whatever reason. */
async function watchOnce(
  servers: Servers,
  range: KeyRange,
  wake: () => void,
  stopped: AbortSignal,
): Promise<void> {
  const connection = await servers.connected('watch')
  const stream = await connection.calls.watch.watch()
  const cancel = (): void => stream.cancel()
  const release = connection.during(cancel, 'stream')
  stopped.addEventListener('abort', cancel)
  if (stopped.aborted) cancel()
  const late = setTimeout(() => {
    servers.leave(connection, 'watch', silence('the server does not begin to watch'))
  }, servers.settings.timeout)
  late.unref()
  try {
    await new Promise<never>((_, reject) => {
      stream
        .on('data', ({ canceled, cancel_reason }) => {
          clearTimeout(late)
          if (canceled) reject(new Error(`etcd ended the watch: ${cancel_reason || 'without a reason'}`))
          else wake()
        })
        .on('error', reject)
        .on('end', () => reject(new Error('etcd ended the watch')))
      stream.write({ create_request: range })
    })
  } catch (thrown) {
    if (stopped.aborted) return
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    if (isTokenRefused(error)) servers.forgetToken()
    else servers.leave(connection, 'watch', error)
  } finally {
    clearTimeout(late)
    stopped.removeEventListener('abort', cancel)
    release()
    stream.cancel()
  }
}
