import { CacheError } from '@jcache/driver'

/** The tags, if they are texts that are not empty, in a list. */
export function tagsOf(tags: unknown): readonly string[] | undefined {
  return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string' && tag) ? tags : undefined
}

/** Throws CacheError `INVALID_ARGUMENT` unless these are tags. */
export function checkTags(tags: unknown): asserts tags is readonly string[] {
  if (!tagsOf(tags))
    throw new CacheError('INVALID_ARGUMENT', 'tags must be texts that are not empty, in a list')
}
