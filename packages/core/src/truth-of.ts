import type { Driver } from '@jcache/driver'

/** The commands that a client over these tiers offers: those of its truth, the farthest shared tier, else the farthest. */
export type Offered<Tiers extends readonly unknown[]> =
  HasUnknownScope<Tiers> extends true
    ? Common<Tiers>
    : FarthestShared<Tiers> extends never
      ? MethodsOf<Last<Tiers>>
      : MethodsOf<FarthestShared<Tiers>>

type FarthestShared<Tiers extends readonly unknown[]> = Tiers extends readonly [...infer Front, infer Back]
  ? Back extends { readonly scope: 'shared' }
    ? Back
    : FarthestShared<Front>
  : never

type Last<Tiers extends readonly unknown[]> = Tiers extends readonly [...unknown[], infer Back] ? Back : never

/** Which tier is truth cannot be told from a scope that is no literal: then only what all tiers have is offered. */
type HasUnknownScope<Tiers extends readonly unknown[]> = Tiers extends readonly [infer Head, ...infer Tail]
  ? Head extends { readonly scope: 'local' } | { readonly scope: 'shared' }
    ? HasUnknownScope<Tail>
    : true
  : Tiers extends readonly []
    ? false
    : true

type MethodsOf<Tier> = Tier extends Driver<infer Methods> ? Methods : never

type Common<Tiers extends readonly unknown[]> = Pick<MethodsOf<Tiers[number]>, keyof MethodsOf<Tiers[number]>>
