import { UidSet } from '../../store/uid/uid-set.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { SizeRecord } from '../copy/bodies/size-record.js';
import type { CopyContext } from '../copy/job.js';
import { type SourceScan, startScan } from '../copy/scan/scan-source.js';
import { AppendLane } from '../copy/transfer/append-lane.js';
import type { Connections } from '../copy/transfer/connections.js';
import { EarlyOpenings } from '../copy/transfer/early-openings.js';
import { Keywords } from '../copy/transfer/keywords.js';
import { RefusalStreak } from '../copy/transfer/refusal-streak.js';
import { cautiousWay, type Way, wayOf } from '../imap/commands/append.js';
import { Desk } from '../imap/commands/desk.js';
import type { Opened } from '../imap/commands/folders.js';
import { readInboxId } from '../imap/commands/mailbox-id.js';
import { Refused } from '../imap/session/refused.js';
import type { Session } from '../imap/session/session.js';
import { type Listing, listClosely } from '../listing/listing.js';
import { hasSuspects, type SideTrials } from '../listing/trials.js';
import { type Ending, type LimitsLogins, sessionAfter } from './after-storing.js';
import { type Dialling, dialExtra, dialFirst, loginOf, type RefusedExtra } from './dialling.js';

/** The connections of a mailbox, and what both accounts hold. */
export interface OpenConnections {
  readonly connections: Connections;
  readonly listings: Readonly<Record<Side, Listing>>;
  readonly sessions: readonly Session[];
  /** Names under which connections dropped, by side. */
  readonly trials: Readonly<Record<Side, SideTrials>>;
  /**
   * Ends connections to the destination, and gives one that was opened later or has stored nothing. Nothing is sent over
   * the former ones any more.
   *
   * @throws LoginFailed where another reason than a limit of logins refuses a new one, CredentialMissing
   */
  readonly afterStoring: (ending: Ending) => Promise<AfterStoring | LimitsLogins>;
  /** The source's INBOX as its opening shows it, beside what the listing told; null: not asked for, or refused. */
  readonly inboxNow: Opened | null;
  /** MAILBOXID of the destination's INBOX (RFC 8474); null: the server tells none. */
  readonly inboxId: string | null;
  /** Connections beside the first that were refused. */
  readonly refused: readonly RefusedExtra[];
}

/** A connection that shows what the destination keeps, and its folders. */
interface AfterStoring {
  readonly session: Session;
  readonly desk: Desk;
}

/**
 * Logs in on both sides, at most two connections each (three writers where the destination wants
 * to be waited for), and lists both accounts. A second connection that is refused, or that an endpoint
 * has no room for, is done without.
 *
 * @throws LoginFailed, CredentialMissing, Refused, ConnectionLost
 */
export async function openConnections(dialling: Dialling, judge: CopyContext['judge']): Promise<OpenConnections> {
  const opened: Session[] = [];
  const refused: RefusedExtra[] = [];
  let givenUp = false;
  const keep = (session: Session) => {
    // Nobody waits for it any more: a session left open is kept alive by its NOOPs.
    if (givenUp) void session.wire.leave();
    hangUpAt(dialling.drop, session);
    opened.push(session);
    return session;
  };
  try {
    const sides = await Promise.allSettled(
      (['source', 'destination'] as const).map((side) => openSide(dialling, side, keep, refused, judge)),
    );
    for (const side of sides) if (side.status === 'rejected') throw side.reason;
    const [source, destination] = sides.map((side) => (side.status === 'fulfilled' ? side.value : null));
    if (!source || !destination) throw new Error('unreachable: both sides were opened');
    const [write, read = write] = destination.sessions;
    const way = cautiousWay(wayOf(write.capabilities), dialling.caution);
    const writers = await writersOf(dialling, destination, way, keep);
    const desk = deskOf(dialling, 'destination', read);
    return {
      connections: {
        source: {
          fetch: source.desk,
          scan: scanDesk(source, dialling),
          inbox: source.inbox,
          refusals: new RefusalStreak('source', 'UID FETCH'),
          sizes: new SizeRecord(),
        },
        destination: {
          session: write,
          readSession: read,
          read: desk,
          early: destination.early,
          statuses: dialling.trials.destination.status,
          keywords: new Keywords(desk, destination.early),
          lane: new AppendLane(writers, way, (line, command) => judge('destination', line, command), dialling.clock),
        },
      },
      listings: { source: source.listing, destination: destination.listing },
      sessions: opened,
      trials: dialling.trials,
      inboxNow: source.inboxNow,
      inboxId: destination.inboxId,
      refused,
      afterStoring: async (ending) => {
        const session = await sessionAfter(dialling, ending, { writers, reading: read });
        if ('limit' in session) return session;
        return { session, desk: session === read ? desk : deskOf(dialling, 'destination', keep(session)) };
      },
    };
  } catch (error) {
    givenUp = true;
    for (const { wire } of opened) void wire.leave();
    throw error;
  }
}

function hangUpAt(drop: AbortSignal, { wire }: Session): void {
  const hangUp = () => wire.drop(new Error('stopped'));
  if (drop.aborted) hangUp();
  else drop.addEventListener('abort', hangUp, { once: true });
  void wire.closed.then(() => drop.removeEventListener('abort', hangUp));
}

interface OpenSide {
  readonly sessions: readonly [Session, ...Session[]];
  readonly listing: Listing;
  readonly desk: Desk;
  readonly inbox: SourceScan | null;
  readonly inboxNow: Opened | null;
  readonly inboxId: string | null;
  readonly early: EarlyOpenings;
}

/** One where the destination takes literals without a wait; up to three where it does not. */
async function writersOf(
  dialling: Dialling,
  { sessions }: OpenSide,
  way: Way,
  keep: (session: Session) => Session,
): Promise<readonly Session[]> {
  const waits = way === 'APPEND, literals waited for' || way === 'APPEND, LITERAL-';
  if (!waits) return [sessions[0]];
  if (sessions.length === 1) return sessions;
  const third = await dialExtra(dialling, 'destination', await loginOf(dialling, 'destination'));
  return isSession(third) ? [...sessions, keep(third)] : sessions;
}

/** Where UIDs hold only as long as a folder stays open, one connection lists and fetches. */
function scanDesk({ sessions: [, second], desk }: OpenSide, dialling: Dialling): Desk {
  return second && dialling.uidValidities.source.lasting ? deskOf(dialling, 'source', second) : desk;
}

function deskOf({ uidValidities, readings }: Dialling, side: Side, session: Session): Desk {
  return new Desk(session, side === 'source' ? 'EXAMINE' : 'SELECT', uidValidities[side], readings[side]);
}

async function openSide(
  dialling: Dialling,
  side: Side,
  keep: (session: Session) => Session,
  refused: RefusedExtra[],
  judge: CopyContext['judge'],
): Promise<OpenSide> {
  const login = await loginOf(dialling, side);
  const dialled = dialFirst(dialling, side, login).then(keep);
  const second = dialExtra(dialling, side, login, dialled).then((other) => (isSession(other) ? keep(other) : other));
  second.catch(() => {});
  const trials = dialling.trials[side];
  // Where a name has to be asked about alone, nothing else is.
  const breaks = dialling.readings[side].of('INBOX', 'rows').isTroubled || dialling.isSuspected(side, 'INBOX');
  const isSafe = !hasSuspects(trials) && !breaks;
  const isAhead = dialling.past.size === 0 && isSafe;
  const early = new EarlyOpenings();
  if (side === 'destination' && isAhead)
    void second.then(
      (other) => void (isSession(other) && early.add('INBOX', deskOf(dialling, side, other).open('INBOX'))),
      () => {},
    );
  const first = await dialled;
  const desk = deskOf(dialling, side, first);
  const listed = listClosely(first, {
    trials,
    passes: (line) => passes(judge(side, line, 'LIST')),
    again: side === 'source' ? { desk, past: dialling.past } : null,
  });
  const inboxId = side === 'destination' ? toldInboxId(first, trials) : Promise.resolve(null);
  inboxId.catch(() => {});
  const inbox = side === 'source' && isAhead ? startScan(desk, 'INBOX', new UidSet(), dialling.days) : null;
  // In later passes no folder may be opened but this one: it shows whether the counters of the listing are true.
  const inboxNow = side === 'source' && isSafe && !isAhead ? desk.open('INBOX').catch(refusedAsNull) : null;
  inboxNow?.catch(() => {});
  const listing = await listed;
  const other = await second;
  if (other !== null && !isSession(other)) refused.push(other);
  const sessions = isSession(other) ? ([first, other] as const) : ([first] as const);
  return { sessions, listing, desk, inbox, inboxNow: await inboxNow, inboxId: await inboxId, early };
}

function refusedAsNull(error: unknown): null {
  if (error instanceof Refused) return null;
  throw error;
}

/** MAILBOXID of INBOX, in the flight of the listing; null where it is not offered, or never answered. */
async function toldInboxId(session: Session, { list }: SideTrials): Promise<string | null> {
  const told = await list.beside('STATUS', () => readInboxId(session));
  return told.kind === 'answered' ? told.answer : null;
}

/** It concerns the account and not its list, and is over some time. */
const passes = ({ kind, scope }: Verdict) =>
  (scope === 'mailbox' || scope === 'endpoint') &&
  (kind === 'throttled' || kind === 'transient' || kind === 'mailbox-state' || kind === 'auth');

const isSession = (other: Session | RefusedExtra | null): other is Session => other !== null && 'wire' in other;
