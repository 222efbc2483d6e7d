import type { Commands } from '@jcache/driver'

/** The commands that a client over these tiers offers: those of its truth, the farthest shared tier, else the farthest. */
export type Offered<Tiers extends readonly unknown[]> = Named<keyof CommandsOf<TruthOf<Tiers>>>

/** Told from the names alone, since nothing else is sure to be found again in what a driver's type was made of. */
type Named<Names> = keyof Commands extends Names ? Commands : Pick<Commands, Names & keyof Commands>

type CommandsOf<Tier> = Tier extends { readonly commands: infer Known } ? Known : never

/** The tier, or all that may be it: which is truth cannot be told from a scope that is no literal. */
type TruthOf<Tiers extends readonly unknown[]> =
  HasUnknownScope<Tiers> extends true
    ? Tiers[number]
    : [FarthestShared<Tiers>] extends [never]
      ? Last<Tiers>
      : FarthestShared<Tiers>

type FarthestShared<Tiers extends readonly unknown[]> = Tiers extends readonly [...infer Front, infer Back]
  ? Back extends { readonly scope: 'shared' }
    ? Back
    : FarthestShared<Front>
  : never

type Last<Tiers extends readonly unknown[]> = Tiers extends readonly [...unknown[], infer Back] ? Back : never

type HasUnknownScope<Tiers extends readonly unknown[]> = Tiers extends readonly [infer Head, ...infer Tail]
  ? Head extends { readonly scope: 'local' } | { readonly scope: 'shared' }
    ? HasUnknownScope<Tail>
    : true
  : Tiers extends readonly []
    ? false
    : true
