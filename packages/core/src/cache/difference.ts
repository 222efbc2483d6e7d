/**
 * Where two values differ, as `value.born came back as string`; undefined where they are equal, classes included. Date,
 * RegExp, Map, Set, array buffers and their views are compared by what they hold, all other objects by their own
 * fields. -0 and 0 are equal, and so are an object without prototype and one like any other. O(n).
 */
export function difference(left: unknown, right: unknown, path = 'value'): string | undefined {
  return compare(left, right, path, new Map())
}

type Seen = Map<object, object>

function compare(left: unknown, right: unknown, path: string, seen: Seen): string | undefined {
  if (left === right || Object.is(left, right)) return undefined
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right)
    return `${path} came back as ${nameOf(right)}`
  if (seen.get(left) === right) return undefined
  seen.set(left, right)
  if (prototypeOf(left) !== prototypeOf(right))
    return `${path} is of ${nameOf(left)} and came back as ${nameOf(right)}`
  if (left instanceof Date) return compare(Number(left), Number(right), path, seen)
  if (left instanceof RegExp) return compare(String(left), String(right), path, seen)
  return compareFields(partsOf(left), partsOf(right), path, seen)
}

/** Compares own fields, those that are not enumerable too: an Error has its message there. */
function compareFields(left: object, right: object, path: string, seen: Seen): string | undefined {
  for (const key of new Set([...fieldsOf(left), ...fieldsOf(right)])) {
    const name = String(key)
    const place = path + (/^[a-z_$][\w$]*$/i.test(name) ? `.${name}` : `[${name}]`)
    if (!Object.hasOwn(right, key)) return `${place} was lost`
    if (!Object.hasOwn(left, key)) return `${place} was not there before`
    const found = compare(Reflect.get(left, key), Reflect.get(right, key), place, seen)
    if (found) return found
  }
  return undefined
}

/** A stack tells where an error was made, which is not part of what it says. */
function fieldsOf(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).filter((key) => key !== 'stack' || !(value instanceof Error))
}

/** What an object holds, where that is not in its fields. */
function partsOf(value: object): object {
  if (value instanceof Map || value instanceof Set) return [...value]
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return value
}

function prototypeOf(value: object): unknown {
  return Object.getPrototypeOf(value) ?? Object.prototype
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? (value.constructor?.name ?? 'Object') : typeof value
}
