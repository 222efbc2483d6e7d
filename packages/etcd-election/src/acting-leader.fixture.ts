// A process that acts as often as it can while it leads, and says so: one line for each act.
import { elector } from './index.ts'

const [host = '', prefix = ''] = process.argv.slice(2)
const candidate = elector({ hosts: host, prefix, value: 'child', ttl: '3s', timeout: '1s' })
const leadership = await candidate.campaign()
const acting = setInterval(() => {
  if (leadership.isValid()) process.stdout.write(`act ${Date.now()}\n`)
}, 2)
leadership.signal.addEventListener('abort', async () => {
  clearInterval(acting)
  process.stdout.write('deposed\n')
  await candidate.close()
})
