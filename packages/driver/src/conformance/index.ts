export { type Conformance, type ConformanceOptions, conformance, type Group } from './conformance.ts'
export type { AnyClient, AnyDriver } from './subject.ts'
