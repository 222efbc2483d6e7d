import type { Reader } from './reader.ts'
import { tag } from './tag.ts'
import { WireError } from './wire-error.ts'
import type { Writer } from './writer.ts'

/** Deeper than any argument or reply. */
const DEPTH = 16

/**
 * Arguments and replies: null, undefined, booleans, numbers, texts, arrays, and objects with or without prototype.
 *
 * @throws WireError `UNENCODABLE`, `TOO_DEEP`.
 */
export function writeValue(writer: Writer, value: unknown, depth: number = DEPTH): void {
  if (typeof value === 'string') writer.text(value)
  else if (typeof value === 'number') writer.number(value)
  else if (typeof value === 'boolean') writer.byte(value ? tag.true : tag.false)
  else if (value === null) writer.byte(tag.null)
  else if (value === undefined) writer.byte(tag.undefined)
  else if (depth === 0) throw new WireError('TOO_DEEP', `a value within ${DEPTH} others`)
  else if (Array.isArray(value)) {
    writer.byte(tag.array)
    writer.count(value.length)
    for (const element of value) writeValue(writer, element, depth - 1)
  } else writeObject(writer, value, depth)
}

function writeObject(writer: Writer, value: unknown, depth: number): void {
  const prototype = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined
  if (prototype !== null && prototype !== Object.prototype)
    throw new WireError('UNENCODABLE', `no data: ${typeof value} ${Object.prototype.toString.call(value)}`)
  writer.byte(prototype === null ? tag.record : tag.object)
  const pairs = Object.entries(Object(value))
  writer.count(pairs.length)
  for (const [name, content] of pairs) {
    writer.text(name)
    writeValue(writer, content, depth - 1)
  }
}

/** @throws WireError `TRUNCATED`, `MALFORMED`, `TOO_DEEP`. */
export function readValue(reader: Reader, depth: number = DEPTH): unknown {
  const form = reader.peek()
  if (form >= tag.small) return reader.number()
  if (form >= tag.shortText) return reader.text()
  switch (form) {
    case tag.positive:
    case tag.negative:
    case tag.double:
      return reader.number()
    case tag.latin1:
    case tag.utf8:
    case tag.utf16:
      return reader.text()
  }
  reader.byte()
  switch (form) {
    case tag.null:
      return null
    case tag.undefined:
      return undefined
    case tag.false:
      return false
    case tag.true:
      return true
  }
  if (depth === 0) throw new WireError('TOO_DEEP', `a value within ${DEPTH} others`)
  switch (form) {
    case tag.array:
      return readArray(reader, depth)
    case tag.object:
      return readObject(reader, {}, depth)
    case tag.record:
      return readObject(reader, Object.create(null), depth)
  }
  throw new WireError('MALFORMED', `a value is wanted, found the form 0x${form.toString(16)}`)
}

function readArray(reader: Reader, depth: number): unknown[] {
  const array: unknown[] = []
  for (let left = reader.many(); left > 0; left--) array.push(readValue(reader, depth - 1))
  return array
}

function readObject(reader: Reader, object: Record<string, unknown>, depth: number): Record<string, unknown> {
  for (let left = reader.many(); left > 0; left--) {
    const name = reader.text()
    const value = readValue(reader, depth - 1)
    // Assigned, this name would become the prototype.
    if (name === '__proto__')
      Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
    else object[name] = value
  }
  return object
}
