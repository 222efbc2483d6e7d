import { BlockList, isIP } from 'node:net'

export interface Address {
  readonly host: string
  readonly port: number
}

/** `host:port`, where an IPv6 host stands in brackets; undefined for anything else. */
export function parsedAddress(text: string): Address | undefined {
  const [, inBrackets = '', plain = '', digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  if (!(isIP(inBrackets) === 6 || isIP(plain) === 4 || isName(plain))) return undefined
  return port > 0 && port < 65_536 ? { host: inBrackets || plain, port } : undefined
}

/** Whether it may be the name of a host. A last label of digits alone would be a part of an IPv4 address: `0` is one that is not specified. */
function isName(host: string): boolean {
  return /^[\p{L}\p{N}_-][\p{L}\p{N}_.-]*$/u.test(host) && !/(^|\.)\d+\.?$/.test(host)
}

export function addressText(host: string, port: number): string {
  return isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`
}

/** Whether only this machine reaches the host. */
export function isLoopback(host: string): boolean {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8, 'ipv4')
  loopback.addAddress('::1', 'ipv6')
  return host === 'localhost' || isIn(loopback, host)
}

/** Whether the host stands for all addresses of a machine: one may listen there, but nobody can dial it. */
export function isUnspecified(host: string): boolean {
  const unspecified = new BlockList()
  unspecified.addAddress('0.0.0.0', 'ipv4')
  unspecified.addAddress('::', 'ipv6')
  return isIn(unspecified, host)
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4')
}
