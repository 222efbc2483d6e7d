/** Ends a case that needs a command, or an ability, that the subject does not offer: the case is skipped. */
export class NotOffered extends Error {}
