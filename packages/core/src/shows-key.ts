/** Whether the answer has something in it, so that it cannot be that of a key that is not there. */
export function showsKey(answer: unknown): boolean {
  if (typeof answer === 'string') return answer !== ''
  if (Array.isArray(answer)) return answer.some(showsKey)
  return typeof answer === 'object' && answer ? Object.keys(answer).length > 0 : !!answer
}
