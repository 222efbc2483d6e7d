export { setup } from '../sorted-set/zadd-update.subject.ts'
