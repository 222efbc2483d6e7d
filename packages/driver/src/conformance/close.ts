import type { Command } from '../command.ts'
import { expectContent } from './case.ts'
import type { Check } from './check.ts'
import { contentsOf, put, typeOf } from './content.ts'
import { expectCode, expectEqual } from './equal.ts'
import { NotOffered } from './not-offered.ts'
import { everyCommand, goodArguments, sweeps } from './samples.ts'
import type { Subject } from './subject.ts'
import { waiting } from './waiting.ts'

/** The cases that end the subject, which therefore come last. */
export function closeChecks(): Check[] {
  return [
    {
      name: 'entries: clear removes every key',
      run: async (subject, key) => {
        // What others see too may be in use by others: only a tier of this process is cleared.
        const { driver } = subject
        if (driver?.scope !== 'local' || !driver.entries) throw new NotOffered('offers no entries of its own')
        const keys = contentsOf(subject).map((content) => key + typeOf(content))
        for (const content of contentsOf(subject)) await put(subject.commands, key + typeOf(content), content)
        await driver.entries.clear()
        for (const each of keys) await expectContent(subject, each, null)
        for await (const [found] of driver.entries.scan())
          expectEqual(found, null, 'after clear, scan answered')
      },
    },
    {
      name: 'close: later calls and waiting pops fail with CLOSED',
      run: async (subject, key) => {
        await subject.clean()
        const offered = everyCommand().filter(([name, command]) => subject.offers(name) && !sweeps(command))
        const pops = offered
          .filter(([, { mode }]) => mode === 'block')
          .map(([name, command]) => [name, waits(subject, name, command, key)] as const)
        if (!(await subject.close())) throw new NotOffered('offers no close')
        for (const [name, pop] of pops) await expectCode(pop, 'CLOSED', `${name}, which waited at close,`)
        for (const [name, command] of offered)
          await expectCode(
            subject.call(name, ...goodArguments(command, key)),
            'CLOSED',
            `${name} after close`,
          )
      },
    },
    {
      name: 'close: may be called again',
      run: async (subject) => {
        if (!(await subject.close())) throw new NotOffered('offers no close')
      },
    },
  ]
}

/** A call that waits. */
function waits(subject: Subject, name: string, command: Command, key: string): Promise<unknown> {
  const args = goodArguments(command, `${key}waiting`).with(command.args.indexOf('timeout'), '10s')
  return waiting(subject.call(name, ...args))
}
