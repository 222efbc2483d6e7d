import type { Reader } from './reader.ts'
import { tag } from './tag.ts'
import { WireError } from './wire-error.ts'
import type { Writer } from './writer.ts'

/** How one type is written and read. */
export interface Field<Type> {
  write(writer: Writer, value: Type): void
  read(reader: Reader): Type
}

/** The fields of a message, in their order on the wire. */
export type Fields<Shape> = {
  readonly [Name in Exclude<keyof Shape, 'kind'>]-?: Field<Shape[Name]>
}

export const number: Field<number> = {
  write: (writer, value) => writer.number(value),
  read: (reader) => reader.number(),
}

export const text: Field<string> = {
  write: (writer, value) => writer.text(value),
  read: (reader) => reader.text(),
}

export const boolean: Field<boolean> = {
  write: (writer, value) => writer.byte(value ? tag.true : tag.false),
  read(reader) {
    const form = reader.byte()
    if (form !== tag.true && form !== tag.false) throw new WireError('MALFORMED', 'a boolean is wanted')
    return form === tag.true
  },
}

/** No value of the others begins with the byte that stands for null. */
export function writeNullable<Type>(writer: Writer, field: Field<Type>, value: Type | null): void {
  if (value === null) writer.byte(tag.null)
  else field.write(writer, value)
}

export function readNullable<Type>(reader: Reader, field: Field<Type>): Type | null {
  if (reader.peek() !== tag.null) return field.read(reader)
  reader.byte()
  return null
}

export const numberOrNull: Field<number | null> = {
  write: (writer, value) => writeNullable(writer, number, value),
  read: (reader) => readNullable(reader, number),
}

export const textOrNull: Field<string | null> = {
  write: (writer, value) => writeNullable(writer, text, value),
  read: (reader) => readNullable(reader, text),
}

export function writeList<Type>(writer: Writer, field: Field<Type>, list: readonly Type[]): void {
  writer.count(list.length)
  for (const element of list) field.write(writer, element)
}

export function readList<Type>(reader: Reader, field: Field<Type>): Type[] {
  const list: Type[] = []
  for (let left = reader.many(); left > 0; left--) list.push(field.read(reader))
  return list
}

export const numbers: Field<readonly number[]> = {
  write: (writer, value) => writeList(writer, number, value),
  read: (reader) => readList(reader, number),
}

export const texts: Field<readonly string[]> = {
  write: (writer, value) => writeList(writer, text, value),
  read: (reader) => readList(reader, text),
}

/** One field after the other, in the order in which they are named. */
export function writeFields<Shape extends object>(writer: Writer, fields: Fields<Shape>, value: Shape): void {
  for (const name of namesOf(fields)) fields[name].write(writer, value[name])
}

export function readFields<Shape extends object>(reader: Reader, fields: Fields<Shape>): FieldsOnly<Shape> {
  const found: Partial<FieldsOnly<Shape>> = {}
  for (const name of namesOf(fields)) found[name] = fields[name].read(reader)
  // All fields that it has were read.
  return found as FieldsOnly<Shape>
}

type FieldsOnly<Shape> = { -readonly [Name in Exclude<keyof Shape, 'kind'>]: Shape[Name] }

function namesOf<Shape extends object>(fields: Fields<Shape>): Exclude<keyof Shape, 'kind'>[] {
  // The fields are literals: they have these names and no others.
  return Object.keys(fields) as Exclude<keyof Shape, 'kind'>[]
}
