import { expect, test } from 'vitest'
import { startNode } from './node.fixture.ts'
import { grpcTransport } from './transport.ts'

const nobody = [
  'nonsense',
  '',
  ':80',
  '127.0.0.1:0',
  '127.0.0.1:99999',
  'a b:80',
  '0:80',
  '256.0.0.1:80',
  '[nine]:80',
]
const everybody = ['0.0.0.0:80', '[::]:80', '[::ffff:0.0.0.0]:80']
test.each([...nobody, ...everybody])('D12: a member at %j is told as one at none', async (address) => {
  const a = await startNode('a.1~0', { insecure: true })
  a.reach([{ id: 'b.1~0', address }])
  expect(a.told).toEqual(['ADDRESS'])
  expect(a.faultTexts.join()).toContain(JSON.stringify(address))
})

test.each(['host:0', 'example.com:99999', 'a b', '', 'a:b:80', '[::]', '0.0.0.0', '::', '0.0.0.0:80'])(
  'D12: others cannot be told %j',
  (advertise) => {
    expect(() => grpcTransport({ cluster: 'test', insecure: true, advertise })).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: expect.stringContaining('advertise wants'),
      }),
    )
  },
)

test.each(['0.0.0.0', '::', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0'])(
  'D12: who listens on %j says where others reach it',
  (host) => {
    const given = { cluster: 'test', insecure: true, host }
    expect(() => grpcTransport(given)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: expect.stringContaining('advertise wants'),
      }),
    )
    expect(() => grpcTransport({ ...given, advertise: 'shop-1.example' })).not.toThrow()
  },
)

test.each([
  ['shop-1.example', /^shop-1\.example:\d+$/],
  ['shop_1.example.:8080', /^shop_1\.example\.:8080$/],
  ['10.0.0.7:8080', /^10\.0\.0\.7:8080$/],
  ['bücher.example', /^bücher\.example:\d+$/],
  ['::1', /^\[::1\]:\d+$/],
  ['[::1]', /^\[::1\]:\d+$/],
  ['[fe80::1%eth0]:8080', /^\[fe80::1%eth0\]:8080$/],
])('D12: others are told %j', async (advertise, address) => {
  expect((await startNode('a.1~0', { advertise })).address).toMatch(address)
})
