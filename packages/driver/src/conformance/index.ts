export { type Conformance, type ConformanceOptions, conformance, type Group } from './conformance.ts'
export { type Connect, type CoordinatorConformanceOptions, coordinatorConformance } from './election.ts'
export type { AnyClient, AnyDriver } from './subject.ts'
