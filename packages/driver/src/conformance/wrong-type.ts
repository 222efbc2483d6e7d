import { expectContent } from './case.ts'
import type { Check } from './check.ts'
import { contentsOf, put, typeOf } from './content.ts'
import { expectCode, show } from './equal.ts'
import { NotOffered } from './not-offered.ts'
import { everyCommand, goodArguments, worksOn } from './samples.ts'

/** A command that meets a value of another type fails with `WRONG_TYPE` and leaves that value as it was. */
export function wrongTypeChecks(): Check[] {
  return everyCommand().flatMap(([name, command]) => {
    const type = worksOn(name)
    if (!type) return []
    return {
      name: `${name}: a value of another type stays as it was`,
      run: async (subject, key) => {
        const others = contentsOf(subject).filter((content) => typeOf(content) !== type)
        if (!others.length || !subject.offers(name))
          throw new NotOffered(`offers no ${name}, or no other type`)
        for (const content of others) {
          const own = key + typeOf(content)
          await put(subject.commands, own, content)
          await expectCode(
            subject.call(name, ...goodArguments(command, own)),
            'WRONG_TYPE',
            `${name} on ${show(content)}`,
          )
          await expectContent(subject, own, content)
        }
      },
    }
  })
}
