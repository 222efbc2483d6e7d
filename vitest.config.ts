import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const source = '@jcache/source'

const config: ViteUserConfig = defineConfig({
  // Packages see each other's sources, so tests need no build.
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'scripts/**/*.test.{ts,mjs}',
      'bench/**/*.test.ts',
      'differential/**/*.test.ts',
      'stale-hunt/**/*.test.ts',
      'examples/**/*.test.ts',
    ],
    globalSetup: 'scripts/servers/global-setup.ts',
    typecheck: { enabled: true, include: ['packages/*/src/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
    maxWorkers: 2,
    // Hung, not slow: a machine that is busy with other work must not fail a test.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts'],
    },
  },
})

export default config
