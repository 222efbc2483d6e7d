/** Tells an observer: what it throws, or rejects with where it is async, is its own affair and stops nothing of ours. */
export function quietly<Args extends readonly unknown[]>(
  observer: (...args: Args) => unknown = () => {},
): (...args: Args) => void {
  return (...args) => {
    try {
      const told = observer(...args)
      if (told instanceof Promise) told.catch(() => {})
    } catch {}
  }
}
