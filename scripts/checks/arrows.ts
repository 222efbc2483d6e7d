// The arrows between packages: who may import what. Type imports count. Tests may import what they like.

import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { relative } from 'node:path'
import { importedNames } from './imported-names.ts'
import { publishedPackages, root } from './published.ts'

interface Allowed {
  readonly imports: readonly string[]
  /** Only where a package is for Node alone; the others run in browsers and edge workers too. */
  readonly node: boolean
}

const allowed: Readonly<Record<string, Allowed>> = {
  driver: { imports: [], node: false },
  memory: { imports: ['@jcache/driver'], node: false },
  core: { imports: ['@jcache/driver'], node: false },
  jcache: { imports: ['@jcache/driver', '@jcache/core', '@jcache/memory'], node: false },
  redis: { imports: ['@jcache/driver', 'ioredis'], node: true },
  distributed: {
    imports: ['@jcache/driver', '@jcache/memory', '@bufbuild/protobuf', '@grpc/grpc-js'],
    node: true,
  },
  'etcd-election': { imports: ['@jcache/driver', 'etcd3'], node: true },
}

const wrong: string[] = []
for (const { name, folder, manifest } of publishedPackages()) {
  const rule = allowed[name]
  if (rule === undefined) {
    wrong.push(`packages/${name}: has no line in scripts/checks/arrows.ts that says what it may import`)
    continue
  }
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  for (const dependency of declared.filter((dependency) => !rule.imports.includes(dependency))) {
    wrong.push(`packages/${name}/package.json: may not depend on ${dependency}`)
  }
  for (const file of globSync('src/**/*.ts', { cwd: folder })) {
    if (/\.(test|test-d|fixture)\.ts$/.test(file)) continue
    for (const specifier of importedNames(readFileSync(`${folder}/${file}`, 'utf8'))) {
      const fault = faultOf(specifier, rule, declared, file)
      if (fault) wrong.push(`${relative(root, folder)}/${file}: ${fault}`)
    }
  }
}

function faultOf(specifier: string, rule: Allowed, declared: readonly string[], file: string) {
  if (specifier.startsWith('.')) {
    const up = specifier.split('/').filter((part) => part === '..').length
    return up >= file.split('/').length - 1 ? `leaves its package by ${specifier}` : undefined
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return rule.node ? undefined : `imports ${specifier}, but this package runs outside Node too`
  }
  const target = specifier.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? specifier
  if (!rule.imports.includes(target)) return `may not import ${target}`
  return declared.includes(target) ? undefined : `imports ${target}, which its package.json does not name`
}

if (wrong.length > 0) {
  console.error(wrong.join('\n'))
  process.exitCode = 1
}
