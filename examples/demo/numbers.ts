/** A count with its thousands set apart: 20,000. */
export function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** A part from 0 to 1 in percent: 98.5 %. */
export function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

/** Milliseconds in microseconds: 1.2 µs, 310 µs. */
export function micros(ms: number): string {
  if (Number.isNaN(ms)) return '-'
  const value = ms * 1000
  return `${value < 10 ? value.toFixed(1) : count(Math.round(value))} µs`
}

/** Milliseconds in the unit that suits them: 0.4 ms, 37 ms, 2.0 s. */
export function time(ms: number): string {
  if (ms === 0) return '0 ms'
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return `${ms < 0.1 ? ms.toFixed(2) : ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
}
