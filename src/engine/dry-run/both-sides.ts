import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { userOn } from '../../store/batch/endpoints.js';
import { loginName } from '../../store/batch/login-name.js';
import type { Clock } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import { LOOKED_ON } from '../imap/connection/silence-limits.js';
import type { Connect, Trust } from '../imap/connection/transport.js';
import type { Credentials } from '../imap/session/credentials.js';
import { openSession, type Session } from '../imap/session/session.js';
import { type Listing, listAccount } from '../listing/listing.js';
import { sanitise } from '../responses/sanitise.js';
import type { FolderRefusal } from './forecast.js';

/** All that it takes to look at both sides of one mailbox. */
export interface BothSidesOf {
  readonly batch: Pick<Batch, Side | 'options'>;
  readonly row: PlanRow;
  readonly credentials: Credentials;
  readonly trust: Readonly<Record<Side, Trust>>;
  readonly connect: Connect;
  readonly clock: Clock;
  /** Drops what is under way. */
  readonly signal: AbortSignal;
}

/** One side of a mailbox, logged in and listed. */
export interface OpenedSide {
  readonly session: Session;
  readonly listing: Listing;
}

/**
 * Logs in on both sides, on connections that refuse to send what may change something, and lists both. Logs out
 * when the look is over.
 *
 * @throws LoginFailed, CredentialMissing, Refused, ConnectionLost
 */
export async function withBothSides<T>(
  looking: BothSidesOf,
  look: (source: OpenedSide, destination: OpenedSide) => Promise<T>,
): Promise<T> {
  const opened: Session[] = [];
  const drop = () => {
    for (const { wire } of opened) wire.drop(new Error('stopped'));
  };
  looking.signal.addEventListener('abort', drop, { once: true });
  try {
    const open = async (side: Side) => {
      const session = await openToLook(looking, side);
      opened.push(session);
      if (looking.signal.aborted) drop();
      return { session, listing: await listAccount(session) };
    };
    const sides = await Promise.allSettled([open('source'), open('destination')]);
    for (const side of sides) if (side.status === 'rejected') throw side.reason;
    const [source, destination] = sides.map((side) => (side.status === 'fulfilled' ? side.value : null));
    if (!source || !destination) throw new Error('unreachable: both sides were opened');
    return await look(source, destination);
  } finally {
    looking.signal.removeEventListener('abort', drop);
    for (const { wire } of opened) void wire.leave();
  }
}

async function openToLook(
  { batch, row, credentials, trust, connect, clock, signal }: BothSidesOf,
  side: Side,
): Promise<Session> {
  const credential = await credentials.get(side, row, false);
  return openSession({
    side,
    endpoint: batch[side],
    trust: trust[side],
    login: { ...loginName(batch[side], row, userOn(side, row)), credential },
    connect,
    clock,
    signal,
    onNotice: () => {},
    changes: 'refused',
    patience: LOOKED_ON,
  });
}

/** Folders of a side that could not be listed. */
export const unlisted = (side: Side, { failures }: Listing): readonly FolderRefusal[] =>
  failures.map(({ name, line }) => ({
    folder: name === null ? null : sanitise(name),
    side,
    response: sanitise(line),
  }));
