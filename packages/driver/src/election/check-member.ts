import { CacheError } from '../errors.ts'
import type { Member } from './coordinator.ts'

/** The member with nothing but its id and address. @throws CacheError `INVALID_ARGUMENT` unless both are texts, not empty. */
export function checkMember(member: Member): Member {
  const { id, address } = Object(member) as Member
  for (const [name, text] of Object.entries({ id, address })) {
    if (typeof text !== 'string' || text === '' || /\p{Surrogate}/u.test(text))
      throw new CacheError(
        'INVALID_ARGUMENT',
        `join wants a member with the text ${name}, found ${show(text)}`,
      )
  }
  return { id, address }
}

function show(found: unknown): string {
  return typeof found === 'string' ? JSON.stringify(found) : typeof found
}
