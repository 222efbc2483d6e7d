import { Command, type Redis } from 'ioredis'

/** Writes a command to the server, whose promise answers the reply as it came, without what ioredis makes of some. */
export type Writer = (word: string, words: string[]) => Command

/** Who else writes: nobody, so that every command to the client has to go by the writer, or the user, whose client it is. */
export type Others = 'nobody' | 'user'

/**
 * Sends the commands of one turn of the event loop in one piece. Other than the automatic pipelines of ioredis, this
 * adds no delay to a command that comes alone, and does not wait for the piece before.
 */
export function writerOf(client: Redis, together: boolean, others: Others): Writer {
  const texts = { replyEncoding: 'utf8' } as const
  // Names in capitals pass by the transformers of arguments and replies.
  if (!together) return (word, words) => sent(client, new Command(word, words, texts))
  if (others === 'user') {
    const hold = holderOf(client)
    return (word, words) => {
      hold()
      return sent(client, new Command(word, words, texts))
    }
  }
  const collector = collectorOf(client)
  return (word, words) => {
    const command = new Command(word, words, texts)
    client.sendCommand(command, collector)
    return command
  }
}

function sent(client: Redis, command: Command): Command {
  client.sendCommand(command)
  return command
}

/**
 * Where ioredis writes the commands of a pipeline; it expects the answers in their order, whenever they are sent.
 * This costs least, but what others write to the connection meanwhile would take the place of what lies here.
 */
function collectorOf(client: Redis) {
  let piece = ''
  const flush = () => {
    const data = piece
    piece = ''
    client.stream.write(data)
  }
  return {
    isPipeline: true,
    destination: { redis: client },
    write: (data: string | Buffer) => {
      if (piece === '') process.nextTick(flush)
      piece += data
    },
  } as const
}

/** Holds back what anybody writes in this turn. */
function holderOf(client: Redis): () => void {
  let held: Redis['stream'] | undefined
  const letGo = () => {
    held?.uncork()
    held = undefined
  }
  return () => {
    if (held) return
    held = client.stream
    held.cork()
    process.nextTick(letGo)
  }
}
