export { checkMember } from './election/check-member.ts'
export type { Coordinator, Guarded, Member } from './election/coordinator.ts'
export { type LocalPlace, localCoordinator, localPlace } from './election/local-coordinator.ts'
export { stateText } from './election/state-text.ts'
