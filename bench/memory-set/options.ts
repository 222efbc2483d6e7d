/** BENCH_TTL gives every key that is set this ttl, in milliseconds. */
const ttl = Number(process.env['BENCH_TTL'])

export const options: { readonly ttl: number } | undefined = ttl ? { ttl } : undefined
