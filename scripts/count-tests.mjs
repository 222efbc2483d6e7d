// Tells the outcome of a test run in one line, from vitest's JSON report: node scripts/count-tests.mjs <file>

import { existsSync, readFileSync } from 'node:fs'

const [file = ''] = process.argv.slice(2)
if (existsSync(file)) {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
  // A file that could not even be loaded holds no test that could fail.
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  )
  const failed = numFailedTests + broken.length
  console.log(`${numPassedTests} passed, ${failed} failed`)
  process.exitCode = failed > 0 || numPassedTests === 0 ? 1 : 0
} else {
  console.error('No test has run: there is no report. What went wrong is told above.')
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
