// A process that has nothing to do but to wait for its nodes.
import { createClient } from '@jcache/core'
import { localCoordinator, localPlace } from '@jcache/driver/election'
import { localNetwork, nodeOver } from './index.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)
const [place, { open }] = [localPlace(), localNetwork()]
const start = () => nodeOver(open, { coordinator: localCoordinator(place) })
const [first, second] = [start(), start()]
const [one, two] = [createClient([first]), createClient([second])]
say(`read ${await one.get('key')}`)
await two.set('key', 'text')
say(`written ${await two.get('key')}`)
await two.close()
say('closed second')
await one.close()
say('closed first')
// What is not closed and has nothing to do keeps nobody.
start()
