import { readFileSync } from 'node:fs'

/** An airport as it lies in Redis: a hash, so texts only. */
export interface Airport {
  readonly [field: string]: string
}

export interface DataSet {
  /** By its code, such as ATL. */
  readonly airports: ReadonlyMap<string, Airport>
  /** Flights that left each airport in 2008. */
  readonly departures: ReadonlyMap<string, number>
}

const folder = new URL('./data/', import.meta.url)

/** The two lists in data/; its README.md tells where they come from. */
export function readDataSet(): DataSet {
  const airports = new Map<string, Airport>()
  for (const { iata = '', ...fields } of records('airports.csv')) airports.set(iata, fields)
  const departures = new Map<string, number>()
  for (const { origin = '', count } of records('flights.csv'))
    departures.set(origin, (departures.get(origin) ?? 0) + Number(count))
  return { airports, departures }
}

/**
 * Codes of airports, each as often as its share of the flights demands: what passengers would look up.
 * The same numbers every time, from a linear congruential generator with a fixed start.
 */
export function* passengers(departures: ReadonlyMap<string, number>): Generator<string, never> {
  const codes = [...departures.keys()]
  const ends: number[] = []
  for (const count of departures.values()) ends.push((ends.at(-1) ?? 0) + count)
  const all = ends.at(-1) ?? 0
  let state = 2008
  while (true) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const flight = (state / 2 ** 32) * all
    yield codes[ends.findIndex((end) => flight < end)] ?? ''
  }
}

function records(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(new URL(file, folder), 'utf8').trim().split('\n')
  const names = head.split(',')
  return lines.map((line) => {
    const cells = cellsOf(line)
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  })
}

/** The cells of a line of comma-separated values; a quoted cell may hold commas and doubled quotes. */
function cellsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  )
}
