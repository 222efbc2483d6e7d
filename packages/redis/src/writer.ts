import { Command, type Redis } from 'ioredis'

/** Writes a command to the server, whose promise answers the reply as it came, without what ioredis makes of some. */
export type Writer = (word: string, words: string[]) => Command

/**
 * Sends the commands of one turn of the event loop in one piece. Other than the automatic pipelines of ioredis, this
 * adds no delay to a command that comes alone, and does not wait for the piece before.
 */
export function writerOf(client: Redis, together: boolean): Writer {
  const texts = { replyEncoding: 'utf8' } as const
  let held: Redis['stream'] | undefined
  const release = () => {
    held?.uncork()
    held = undefined
  }
  return (word, words) => {
    if (together && !held) {
      held = client.stream
      held.cork()
      process.nextTick(release)
    }
    // Names in capitals pass by the transformers of arguments and replies.
    const command = new Command(word, words, texts)
    client.sendCommand(command)
    return command
  }
}
