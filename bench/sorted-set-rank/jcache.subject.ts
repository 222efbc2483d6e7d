export { setup } from '../sorted-set/zrank.subject.ts'
