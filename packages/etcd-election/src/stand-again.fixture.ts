import type { Elector, Leadership } from './index.ts'

/** Stands for election, and again whenever leadership is lost; each time it leads is noted. */
export function standAgain(candidate: Elector, terms: Leadership[]): void {
  const stand = async (): Promise<void> => {
    const leadership = await candidate.campaign()
    terms.push(leadership)
    leadership.signal.addEventListener('abort', () => void stand().catch(() => {}))
  }
  // It ends with its elector.
  void stand().catch(() => {})
}
