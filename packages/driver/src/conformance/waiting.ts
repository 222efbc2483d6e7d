/** The call, whose failure waits to be looked at without being reported as unhandled. */
export function waiting<Answer>(call: Promise<Answer>): Promise<Answer> {
  call.catch(() => {})
  return call
}
