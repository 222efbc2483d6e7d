import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root: string = fileURLToPath(new URL('../../', import.meta.url))

export interface PublishedPackage {
  /** The folder under packages/. */
  readonly name: string
  readonly folder: string
  readonly manifest: {
    readonly private?: boolean
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
    readonly dependencies?: Readonly<Record<string, string>>
    readonly peerDependencies?: Readonly<Record<string, string>>
  }
}

/** The packages that go to the registry. */
export function publishedPackages(): readonly PublishedPackage[] {
  return readdirSync(join(root, 'packages')).map((name) => {
    const folder = join(root, 'packages', name)
    return { name, folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }
  })
}
