import { expect, test } from 'vitest'
import { isLeaseGone, isRefused, isTokenRefused, kindOf, refusal } from './failure.ts'

const said = (code: number, text: string) => Object.assign(new Error(`${code} SOME_CODE: ${text}`), { code })

test.each([
  [
    'unsent',
    14,
    'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: ',
  ],
  ['unsent', 14, 'Name resolution failed for target dns:nowhere.example:2379'],
  ['unsent', 4, 'Deadline exceeded after 0.333s,name resolution: 0.001s,Waiting for LB pick'],
  ['unsent', 14, 'etcdserver: no leader'],
  ['unsent', 8, 'etcdserver: mvcc: database space exceeded'],
  // Sent, so it may have been carried out.
  ['unknown', 4, 'Deadline exceeded after 0.336s,LB pick: 0.001s,remote_addr=127.0.0.1:2379'],
  ['unknown', 14, 'Connection dropped'],
  ['unknown', 14, 'etcdserver: request timed out, possibly due to previous leader failure'],
  ['unknown', 14, 'etcdserver: leader changed'],
  ['unknown', 8, 'Received message larger than max (5000000 vs 4194304)'],
  ['unknown', 13, 'Received RST_STREAM with code 2'],
  ['unknown', 1, 'Cancelled on client'],
  ['unknown', 2, 'who knows'],
  ['refused', 3, 'etcdserver: authentication failed, invalid user ID or password'],
  ['refused', 7, 'etcdserver: permission denied'],
  ['refused', 5, 'etcdserver: requested lease not found'],
  ['refused', 8, 'grpc: received message larger than max (3000000 vs. 2097152)'],
  ['token', 16, 'etcdserver: invalid auth token'],
  ['token', 3, 'etcdserver: revision of auth store is old'],
] as const)('E2: %s: %d %s', (kind, code, text) => {
  expect(kindOf(said(code, text))).toBe(kind)
  expect(isTokenRefused(said(code, text))).toBe(kind === 'token')
})

test('E2: an error without a code of gRPC tells nothing', () => {
  expect(kindOf(new Error('socket hang up'))).toBe('unknown')
  expect(kindOf(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBe('unknown')
})

test('a refusal has the code that callers compare; a lost lease is none that is final', () => {
  const lease = refusal('join', 'h', said(5, 'etcdserver: requested lease not found'))
  expect([lease.code, isLeaseGone(lease), isRefused(lease)]).toEqual(['UNAVAILABLE', true, false])
  const denied = refusal('join', 'h', said(7, 'etcdserver: permission denied'))
  expect([denied.code, isLeaseGone(denied), isRefused(denied)]).toEqual(['UNAVAILABLE', false, true])
  expect(refusal('swap', 'h', said(3, 'etcdserver: request is too large')).code).toBe('INVALID_ARGUMENT')
})
