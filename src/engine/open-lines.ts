import { readFile } from 'node:fs/promises';
import type { Batch, Endpoint, PlanRow } from '../store/batch.js';
import { UidSet } from '../store/uid-set.js';
import { BadInput } from '../words/bad-input.js';
import type { Clock } from '../words/clock.js';
import type { Side } from '../words/side.js';
import { AppendLane } from './copy/append-lane.js';
import type { CopyContext } from './copy/job.js';
import type { Lines } from './copy/lines.js';
import { type SourceScan, startScan } from './copy/scan-source.js';
import type { Credentials } from './credentials.js';
import { wayOf } from './imap/append.js';
import { Desk } from './imap/desk.js';
import { type Listing, listAccount } from './imap/listing.js';
import { LoginFailed } from './imap/login-failed.js';
import { type Login, openSession, type Session } from './imap/session.js';
import type { Connect, Trust } from './imap/transport.js';
import { loginName } from './login-name.js';

/** What lines are opened with. */
export interface Dialling {
  readonly batch: Batch;
  readonly row: PlanRow;
  readonly credentials: Credentials;
  readonly trust: Readonly<Record<Side, Trust>>;
  readonly connect: Connect;
  readonly clock: Clock;
  /** Sides whose token was refused as expired: their command is run again. */
  readonly renew: ReadonlySet<Side>;
  /** Connections a side bears for one mailbox; 1 once it has refused a second. */
  readonly most: Readonly<Record<Side, number>>;
  readonly onNotice: (side: Side, line: string) => void;
  /** Nothing of this mailbox was copied yet: its INBOX is listed at once. */
  readonly fresh: boolean;
  /** Drops what is under way. */
  readonly drop: AbortSignal;
}

export interface OpenLines {
  readonly lines: Lines;
  readonly listings: Readonly<Record<Side, Listing>>;
  readonly sessions: readonly Session[];
  /** Sides that refused a second connection. */
  readonly cramped: readonly Side[];
}

/** Reads the certificates that the operator trusts. @throws BadInput where a file cannot be read */
export async function readTrust(side: Side, endpoint: Endpoint): Promise<Trust> {
  if (endpoint.ca === null) return { ca: null, fingerprint: endpoint.fingerprint };
  try {
    return { ca: await readFile(endpoint.ca, 'utf8'), fingerprint: endpoint.fingerprint };
  } catch (error) {
    throw new BadInput(
      `--${side}-ca ${endpoint.ca} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/**
 * Logs in on both sides, at most two connections each (three writers where the destination wants
 * to be waited for), and lists both accounts. A second connection that is refused is done without.
 *
 * @throws LoginFailed, CredentialMissing, Refused, LineLost
 */
export async function openLines(dialling: Dialling, judge: CopyContext['judge']): Promise<OpenLines> {
  const opened: Session[] = [];
  const cramped: Side[] = [];
  let givenUp = false;
  const keep = (session: Session) => {
    // Nobody waits for it any more: a session left open is kept alive by its NOOPs.
    if (givenUp) void session.wire.leave();
    opened.push(session);
    return session;
  };
  try {
    const sides = await Promise.allSettled(
      (['source', 'destination'] as const).map((side) => openSide(dialling, side, keep, cramped)),
    );
    for (const side of sides) if (side.status === 'rejected') throw side.reason;
    const [source, destination] = sides.map((side) => (side.status === 'fulfilled' ? side.value : null));
    if (!source || !destination) throw new Error('unreachable: both sides were opened');
    const [write, read = write] = destination.sessions;
    const way = wayOf(write!.capabilities);
    const waits = way === 'APPEND, literals waited for' || way === 'APPEND, LITERAL-';
    const third =
      waits && destination.sessions.length === 2 && dialling.most.destination > 1 ? await spare(dialling, keep) : [];
    const writers = waits ? [...destination.sessions, ...third] : [write!];
    const fetch = source.desk;
    return {
      lines: {
        source: {
          fetch,
          scan: source.sessions[1] ? new Desk(source.sessions[1], 'EXAMINE') : fetch,
          inbox: source.inbox,
        },
        destination: {
          session: write!,
          readSession: read!,
          read: new Desk(read!, 'SELECT'),
          lane: new AppendLane(writers, way, (line, command) => judge('destination', line, command)),
        },
      },
      listings: { source: source.listing, destination: destination.listing },
      sessions: opened,
      cramped,
    };
  } catch (error) {
    givenUp = true;
    for (const { wire } of opened) void wire.leave();
    throw error;
  }
}

interface OpenSide {
  readonly sessions: readonly Session[];
  readonly listing: Listing;
  readonly desk: Desk;
  readonly inbox: SourceScan | null;
}

async function openSide(
  dialling: Dialling,
  side: Side,
  keep: (session: Session) => Session,
  cramped: Side[],
): Promise<OpenSide> {
  const login = await loginOf(dialling, side);
  const options = sessionOptions(dialling, side, login);
  const dialled = openSession(options).then(keep);
  const second =
    dialling.most[side] > 1
      ? openSession({ ...options, after: dialled })
          .then(keep)
          .catch(asRefusal)
      : null;
  second?.catch(() => {});
  const first = await dialled;
  const listed = listAccount(first);
  const desk = new Desk(first, side === 'source' ? 'EXAMINE' : 'SELECT');
  const inbox = side === 'source' && dialling.fresh ? startScan(desk, 'INBOX', new UidSet()) : null;
  const listing = await listed;
  const other = await second;
  if (other instanceof LoginFailed) cramped.push(side);
  return { sessions: other && !(other instanceof LoginFailed) ? [first, other] : [first], listing, desk, inbox };
}

function asRefusal(error: unknown): LoginFailed {
  if (error instanceof LoginFailed) return error;
  throw error;
}

async function spare(dialling: Dialling, keep: (session: Session) => Session): Promise<Session[]> {
  try {
    return [keep(await openSession(sessionOptions(dialling, 'destination', await loginOf(dialling, 'destination'))))];
  } catch (error) {
    if (error instanceof LoginFailed) return [];
    throw error;
  }
}

async function loginOf({ batch, row, credentials, renew }: Dialling, side: Side): Promise<Login> {
  const credential = await credentials.get(side, row, renew.has(side));
  return { ...loginName(batch[side], row, side === 'source' ? row.sourceUser : row.destinationUser), credential };
}

function sessionOptions(dialling: Dialling, side: Side, login: Login) {
  return {
    side,
    endpoint: dialling.batch[side],
    trust: dialling.trust[side],
    login,
    connect: dialling.connect,
    clock: dialling.clock,
    onNotice: (line: string) => dialling.onNotice(side, line),
    signal: dialling.drop,
  };
}
