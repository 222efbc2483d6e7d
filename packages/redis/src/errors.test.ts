import { CacheError } from '@jcache/driver'
import { describe, expect, test } from 'vitest'
import { failure } from './errors.ts'

function reply(message: string): Error {
  const error = Object.assign(new Error(message), {
    command: { name: 'hello', args: ['3', 'AUTH', 'u', 's3cret'] },
  })
  error.name = 'ReplyError'
  return error
}

describe('K5: the codes of refusals', () => {
  test.each([
    ['WRONGTYPE Operation against a key holding the wrong kind of value', 'WRONG_TYPE'],
    ['ERR value is not an integer or out of range', 'NOT_A_NUMBER'],
    ['ERR hash value is not an integer', 'NOT_A_NUMBER'],
    ['ERR value is not a valid float', 'NOT_A_NUMBER'],
    ['ERR min or max is not a float', 'NOT_A_NUMBER'],
    ['ERR resulting score is not a number (NaN)', 'NOT_A_NUMBER'],
    ['ERR increment or decrement would overflow', 'OUT_OF_RANGE'],
    ['ERR increment would produce NaN or Infinity', 'OUT_OF_RANGE'],
    ['ERR index out of range', 'OUT_OF_RANGE'],
    ['ERR value is out of range, must be positive', 'OUT_OF_RANGE'],
    ["ERR invalid expire time in 'set' command", 'OUT_OF_RANGE'],
    ['ERR string exceeds maximum allowed size (proto-max-bulk-len)', 'OUT_OF_RANGE'],
    ['ERR no such key', 'NO_SUCH_KEY'],
    ["ERR unknown command 'HTTL'", 'UNSUPPORTED'],
    ['ERR syntax error', 'INVALID_ARGUMENT'],
    ["CROSSSLOT Keys in request don't hash to the same slot", 'INVALID_ARGUMENT'],
    ['ERR max number of clients reached', 'UNAVAILABLE'],
    ['NOAUTH Authentication required.', 'UNAVAILABLE'],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'UNAVAILABLE'],
    ['LOADING Redis is loading the dataset in memory', 'UNAVAILABLE'],
    ["READONLY You can't write against a read only replica.", 'UNAVAILABLE'],
    ["OOM command not allowed when used memory > 'maxmemory'.", 'UNAVAILABLE'],
    ['MASTERDOWN Link with MASTER is down', 'UNAVAILABLE'],
    ['CLUSTERDOWN The cluster is down', 'UNAVAILABLE'],
    ['MOVED 3999 127.0.0.1:6381', 'UNAVAILABLE'],
    ['ASK 3999 127.0.0.1:6381', 'UNAVAILABLE'],
    ['TRYAGAIN Multiple keys request during rehashing of slot', 'UNAVAILABLE'],
    ['NOPERM this user has no permissions', 'UNSUPPORTED'],
    ['NEWWORD of a later server', 'UNAVAILABLE'],
  ])('%s', (message, code) => {
    expect(failure(reply(message), 'get "k"', [])).toMatchObject({
      code,
      message: expect.stringContaining(`get "k": the server refused: ${message}`),
      cause: { name: 'ReplyError', message },
    })
  })

  test.each([
    ["CROSSSLOT Keys in request don't hash to the same slot", 'hash tag'],
    ['MOVED 3999 127.0.0.1:6381', 'several URLs'],
    ['TRYAGAIN Multiple keys request during rehashing of slot', 'try again'],
    ['CLUSTERDOWN The cluster is down', 'CLUSTER INFO'],
    ['LOADING Redis is loading the dataset in memory', 'try again'],
    ["READONLY You can't write against a read only replica.", 'primary'],
    ["OOM command not allowed when used memory > 'maxmemory'.", 'maxmemory-policy'],
    ['MASTERDOWN Link with MASTER is down', 'primary'],
    ['NOAUTH Authentication required.', 'password'],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'check username'],
    ["NOPERM this user has no permissions to run the 'get' command", 'access list'],
  ])('%s tells what to do', (message, advice) => {
    expect(failure(reply(message), 'get "k"', []).message).toMatch(new RegExp(`\\(.*${advice}.*\\)$`))
  })

  test('a transaction is refused for what its commands were refused for', () => {
    const error = Object.assign(reply('EXECABORT Transaction discarded because of previous errors.'), {
      previousErrors: [reply('OOM command not allowed')],
    })
    expect(failure(error, 'load "k"', []).message).toContain('OOM')
  })
})

describe('R5: connections', () => {
  test('are unavailable, with a code to look up', () => {
    const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' })
    expect(failure(refused, 'get "k"', [])).toMatchObject({
      code: 'UNAVAILABLE',
      message: 'get "k": the server cannot be asked: ECONNREFUSED',
      cause: { code: 'ECONNREFUSED' },
    })
  })

  test('never show a password, wherever it was', () => {
    const error = failure(reply('WRONGPASS s3cret is wrong'), 'get "k"', ['s3cret'])
    const { cause } = error
    expect(cause).toBeInstanceOf(Error)
    expect(`${error.stack} ${(cause as Error).stack} ${JSON.stringify([error, cause])}`).not.toContain(
      's3cret',
    )
    expect(error.message).toContain('WRONGPASS *** is wrong')
  })

  test('keep the code that is known', () => {
    const late = new CacheError('TIMEOUT', 'no answer within 5 ms')
    expect(failure(late, 'get "k"', [])).toMatchObject({
      code: 'TIMEOUT',
      message: 'get "k": no answer within 5 ms',
    })
  })
})
