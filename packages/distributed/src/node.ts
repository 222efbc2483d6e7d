import type { Guarded } from '@jcache/driver/election'
import type { Data, Slices } from './data.ts'
import type { Dirty } from './dirty.ts'
import type { Effect, News } from './effect.ts'
import type { Election } from './election.ts'
import { Log } from './log.ts'
import type { Forward, Message, Result, Slice, SnapshotEnd } from './message.ts'
import { OpenCalls } from './open-calls.ts'
import type { Options } from './options.ts'
import type { PendingReplies, Unlogged } from './pending.ts'
import { type Authority, lifeOf } from './record.ts'
import type { Place, Wish } from './request.ts'
import { Requests } from './requests.ts'
import type { Rules } from './rules.ts'
import type { Time } from './time.ts'
import type { Waiters } from './waiters.ts'

/** What the leader knows of one follower. */
export interface Progress {
  /** Whether it is known where its log is the leader's: until then it gets heartbeats only. */
  welcomed: boolean
  /** How far its log is the leader's. */
  match: number
  /** What is sent next. */
  next: number
  /** When what was sent last began to wait for an answer. */
  waitingSince: number
  /** Of that, the first was sent again, and nothing else is until it has arrived. */
  isStuck: boolean
  /** The commit it was told last. */
  told: number
  /** The leader's clock when the heartbeat was sent that it acknowledged last: its promise runs from there. */
  promised: number
  /** When it was heard of last. */
  heardAt: number
  /** Its own clock when it sent what was heard last. */
  stamp: number | null
  /** The end of the log some time ago, and when that was: once it has that, it was level then. */
  mark: { readonly offset: number; readonly at: number }
  /** When it last had all that there was. */
  levelAt: number
  sending: Sending | null
}

/** A snapshot on its way to one follower. */
export interface Sending {
  readonly snapshot: number
  readonly slices: Slices
  end: SnapshotEnd
  /** What has not arrived yet, as far as is known; the first so many of them were sent. */
  readonly open: Slice[]
  sent: number
  /** How many there are in all until now; whether that is all. */
  made: number
  isWhole: boolean
  /** When the first of them was sent, or the last that arrived did. */
  movedAt: number
  /** The first was sent again, and nothing is until it has arrived. */
  isStuck: boolean
}

/** What a leader has besides. */
export interface Leading {
  readonly since: number
  /** Its first entry: once that is committed, it serves. */
  readonly barrier: number
  serving: boolean
  /** The leader's time is this at that moment of its clock. */
  readonly clock: { readonly time: number; readonly mono: number }
  inSync: readonly string[]
  /** Who has nearly all there is: until then commits wait for it, so that it can come to have all. */
  awaited: { readonly id: string; readonly until: number } | null
  /** A change of the in-sync set on its way to the record. */
  proposal: Authority | null
  readonly followers: Map<string, Progress>
  readonly pending: PendingReplies
  /** Calls that wait until it may serve. */
  readonly held: Map<string, { readonly from: string; readonly forward: Forward }>
  /** What became of calls that are not in the log: echoes of them are not executed either. */
  readonly unlogged: Map<string, Unlogged>
  readonly waiters: Waiters
  readonly dirty: Dirty
  heartbeatAt: number
  /** It has handed over: whatever it still hears, it reads and writes no more. */
  released: boolean
  readonly leaving: Set<string>
  snapshots: number
}

/** A call of this process that is not answered yet. */
export interface Call {
  readonly seq: number
  readonly wish: Wish
  readonly mode: 'read' | 'write' | 'block'
  readonly began: number
  endsAt: number
  /** When it was last sent to the leader; null as long as no leader can have got it. */
  sentAt: number | null
  /** The term it was sent in last: of what is not logged, only that leader's word counts. */
  sentTerm: number
  cancelled: boolean
  /** What the leader said: answered as soon as this node has applied it. */
  result: Extract<Result, { kind: 'done' }> | null
  /** The place a linearizable read waits for. */
  place: Place | null
}

/** A node on its way out. */
export interface Closing {
  readonly until: number
  /** Nobody waits for it to acknowledge anything. */
  leftInSync: boolean
  /** It was the leader, and has asked a member to be the next. */
  handedOver: boolean
  /** Whom it has asked last to let it go, and when. */
  asked: { readonly id: string; readonly at: number } | null
}

/** All that one node knows. Changed by `step` alone. */
export interface Node {
  readonly process: string
  readonly options: Options
  readonly rules: Rules
  readonly data: Data
  /** This life of the process: it ends where the data has to be thrown away. */
  life: number
  id: string
  now: Time
  out: Effect[]
  /** What it has sent to itself, which comes at once. */
  readonly own: Message[]
  flushAsked: boolean

  /** The highest term it has heard of, who leads in it, and which history its data belongs to. */
  term: number
  leader: string | null
  history: string | null
  readonly log: Log
  commit: number
  applied: number
  digest: number
  /** The leader's time up to which the data is known: keys that end before have expired. */
  time: number
  requests: Requests

  /** Whether it once had all there was: until then it answers no reads. */
  synced: boolean
  /** The term in which the leader has welcomed it, 0 where a stream must begin anew. */
  welcomed: number
  /** The term in which its log was found to be a part of the leader's. */
  verified: number
  /** Nothing after this offset is older than this time. */
  settled: { readonly offset: number; readonly time: number } | null
  /** What the leader has said of its commit and the end of its log, and which stamp it had heard: not looked at yet. */
  announced: { readonly commit: number; readonly tail: number; readonly heard: number | null } | null
  /** The leader's time when it was heard last, and when that was by the own clock. */
  heard: { readonly time: number; readonly at: number }
  /** The last term whose leader has spoken: before that it may not know itself that it leads. */
  heardIn: number
  promisedUntil: number
  /** The own clock when the data was known to be the truth: what it shows is no older. */
  trueAt: number
  helloAt: number
  /** The snapshot that came last as a whole. */
  received: number
  receiving: { readonly snapshot: number; seq: number; at: number } | null

  /** What the coordinator said last. */
  record: Guarded<Authority> | null
  members: readonly string[]
  asking: boolean
  lookAgain: boolean
  lookedAt: number
  /** The term in which it asked the coordinator last. */
  lookedIn: number
  /** Since when no in-sync member is there. */
  goneSince: number | null
  election: Election | null
  electionAt: number
  /** The leader that is known to be dead, or has asked to be replaced. */
  released: string | null

  leading: Leading | null
  readonly calls: OpenCalls<Call>
  /** When those that block are to be looked at. */
  blockedDueAt: number
  /** When the leader was told last which of them still wait. */
  stayedAt: number
  /** Those that wait for this node to apply what they depend on. */
  readonly waiting: Set<Call>
  closing: Closing | null
  closed: boolean
}

/** A node at its start: it knows nothing, and nobody knows it. */
export function createNode(process: string, data: Data, options: Options, rules: Rules, now: Time): Node {
  return {
    process,
    options,
    rules,
    data,
    life: 0,
    id: lifeOf(process, 0),
    now,
    out: [],
    own: [],
    flushAsked: false,
    term: 0,
    leader: null,
    history: null,
    log: new Log(),
    commit: 0,
    applied: 0,
    digest: 0,
    time: 0,
    requests: new Requests(options.memory),
    synced: false,
    welcomed: 0,
    verified: 0,
    settled: null,
    announced: null,
    heard: { time: 0, at: now.mono },
    heardIn: 0,
    promisedUntil: 0,
    trueAt: Number.NEGATIVE_INFINITY,
    helloAt: Number.NEGATIVE_INFINITY,
    received: 0,
    receiving: null,
    record: null,
    members: [],
    asking: false,
    lookAgain: false,
    lookedAt: Number.NEGATIVE_INFINITY,
    lookedIn: 0,
    goneSince: null,
    election: null,
    electionAt: 0,
    released: null,
    leading: null,
    calls: new OpenCalls(),
    blockedDueAt: Number.POSITIVE_INFINITY,
    stayedAt: Number.NEGATIVE_INFINITY,
    waiting: new Set(),
    closing: null,
    closed: false,
  }
}

export function send(node: Node, to: string, message: Message): void {
  if (to === node.id) node.own.push(message)
  else node.out.push({ kind: 'send', to, message })
}

export function tell(node: Node, news: News): void {
  node.out.push({ kind: 'tell', news })
}

/** Asks to be told when all that came at once has come: what is sent then goes together. */
export function askFlush(node: Node): void {
  if (node.flushAsked) return
  node.flushAsked = true
  node.out.push({ kind: 'flush' })
}

/** Throws the data away and begins another life: what was promised of the old one is void, since it is gone. */
export function rebirth(node: Node, why: string): void {
  node.life++
  node.own.length = 0
  node.id = lifeOf(node.process, node.life)
  node.data.clear()
  node.log.reset(0, 0)
  node.requests = new Requests(node.options.memory)
  node.history = null
  node.commit = 0
  node.applied = 0
  node.digest = 0
  node.time = 0
  node.synced = false
  node.welcomed = 0
  node.verified = 0
  node.settled = null
  node.announced = null
  node.trueAt = Number.NEGATIVE_INFINITY
  node.received = 0
  node.receiving = null
  node.helloAt = Number.NEGATIVE_INFINITY
  node.out.push({ kind: 'announce', id: node.id })
  tell(node, { kind: 'reborn', id: node.id, why })
}
