import { Command, type Redis } from 'ioredis'

/** Writes a command to the server, whose promise answers the reply as it came, without what ioredis makes of some. */
export type Writer = (word: string, words: string[]) => Command

/**
 * Sends the commands of one turn of the event loop in one piece. Other than the automatic pipelines of ioredis, this
 * adds no delay to a command that comes alone, and does not wait for the piece before.
 */
export function writerOf(client: Redis, together: boolean): Writer {
  const texts = { replyEncoding: 'utf8' } as const
  let piece = ''
  const flush = () => {
    const data = piece
    piece = ''
    client.stream.write(data)
  }
  /** Where ioredis writes the commands of a pipeline; it expects the answers in their order, whenever they are sent. */
  const collector = {
    isPipeline: true,
    destination: { redis: client },
    write: (data: string | Buffer) => {
      if (piece === '') process.nextTick(flush)
      piece += data
    },
  } as const
  return (word, words) => {
    // Names in capitals pass by the transformers of arguments and replies.
    const command = new Command(word, words, texts)
    if (together) client.sendCommand(command, collector)
    else client.sendCommand(command)
    return command
  }
}
