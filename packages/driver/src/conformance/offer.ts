import { commands } from '../commands/index.ts'
import type { Check } from './check.ts'
import { expectEqual, Unmet } from './equal.ts'
import { everyCommand } from './samples.ts'

/** What the subject offers has to be something, by names that the table knows. */
export function offerChecks(): Check[] {
  return [
    {
      name: 'offer: at least one command, and a driver no unknown one',
      run: async ({ driver, offers }) => {
        if (!everyCommand().some(([name]) => offers(name)))
          throw new Unmet('the subject offers no command', 'commands', 'none')
        const unknown = Object.keys(driver?.commands ?? {}).filter((name) => !Object.hasOwn(commands, name))
        expectEqual(unknown, [], 'the names of commands that the table does not know are')
      },
    },
  ]
}
