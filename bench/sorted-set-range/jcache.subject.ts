export { setup } from '../sorted-set/zrange-100.subject.ts'
