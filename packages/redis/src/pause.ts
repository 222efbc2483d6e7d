/** Lets about so many milliseconds pass, without keeping the process alive. */
export function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref()
  })
}
