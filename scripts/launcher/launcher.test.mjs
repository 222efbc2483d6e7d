import { expect, test } from 'vitest'
import { launchEnvironment } from './environment.mjs'
import { isRecent } from './node-package.mjs'

test.each([
  ['18.20.0', false],
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['24.0.0', true],
])('Node %s runs the tools itself: %s', (version, answer) => {
  expect(isRecent(version)).toBe(answer)
})

test('what npm says about its own call is not handed on, but the way to the network is', () => {
  const env = launchEnvironment({
    PATH: '/usr/bin',
    HOME: '/home',
    INIT_CWD: '/elsewhere',
    npm_lifecycle_event: 'test',
    npm_config_local_prefix: '/elsewhere',
    npm_config_registry: 'https://registry.example',
    npm_config_https_proxy: 'http://proxy.example',
  })
  expect(env).toMatchObject({
    HOME: '/home',
    npm_config_registry: 'https://registry.example',
    npm_config_https_proxy: 'http://proxy.example',
  })
  expect(Object.keys(env)).not.toContain('npm_lifecycle_event')
  expect(Object.keys(env)).not.toContain('npm_config_local_prefix')
  expect(Object.keys(env)).not.toContain('INIT_CWD')
  expect(env.PATH).toMatch(/\.toolchain.*:\/usr\/bin$/)
})
