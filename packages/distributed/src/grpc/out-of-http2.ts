/**
 * Comes back when HTTP/2 is not at work. What its events call, at once or by promise, runs while it reads; a stream that is
 * ended there makes some versions of Node loop for ever, taking ever more memory. https://github.com/nodejs/node/pull/64166
 */
export function outOfHttp2(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
