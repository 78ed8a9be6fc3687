import { seenBy } from '../../store/batch/endpoints.js';
import { optionsOf } from '../../store/batch/options-of.js';
import type { Side } from '../../words/side.js';
import type { CopyContext } from '../copy/job.js';
import type { Place } from '../governor/governor.js';
import type { Caution } from '../imap/commands/append.js';
import { UidValidities } from '../imap/commands/uid-validities.js';
import type { Inquiry } from '../isolate/inquiry.js';
import { newTrials } from '../listing/trials.js';
import { type OpenConnections, openConnections } from '../login/open-connections.js';
import { readFailure } from './read-failure.js';
import type { WorkerParts } from './worker-parts.js';

export interface MailboxConnectionsParts extends Pick<WorkerParts, 'row' | 'record' | 'world'> {
  readonly judge: CopyContext['judge'];
  /** The folders and messages that break connections, as this run found out. */
  readonly inquiry: Pick<Inquiry, 'readings' | 'isSuspected'>;
  /** Called with a text that a server sends unasked. */
  readonly onNotice: (side: Side, line: string) => void;
  /** Called when a server refuses a further connection, with its response. */
  readonly onCramped: (side: Side, response: string) => void;
  /** Called when a server proves to serve one command at a time. */
  readonly onOneAtATime: (side: Side) => void;
}

/**
 * Messages between two times that the destination falls out of step. At fewer messages the way of writing is at fault.
 */
const SOON = 500;

/** The connections of one mailbox, with the facts that its attempts in a run learned about the servers. */
export class MailboxConnections {
  readonly #renew = new Set<Side>();
  readonly #trials = { source: newTrials(), destination: newTrials() };
  readonly #uidValidities: Readonly<Record<Side, UidValidities>> = {
    source: new UidValidities(),
    destination: new UidValidities(),
  };
  readonly #most: Record<Side, number> = { source: 2, destination: 2 };
  /** Connections of the last attempt that are being closed: a server with a tight limit still counts them. */
  #leaving: Promise<unknown> = Promise.resolve();

  #caution: Caution = 'none';
  /** Messages copied when the destination last fell out of step. */
  #outOfStepAt: number | null = null;

  constructor(private readonly parts: MailboxConnectionsParts) {}

  /**
   * The destination fell out of step. Once in a while a message causes that; if it happens again soon, the way of
   * writing does.
   *
   * @param copied  messages by now
   */
  outOfStep(copied: number): void {
    const soon = this.#outOfStepAt !== null && copied - this.#outOfStepAt < SOON;
    this.#outOfStepAt = copied;
    if (soon) this.#caution = this.#caution === 'none' ? 'single messages' : 'waiting';
  }

  /** A token was refused: the next attempt gets a new one. @returns whether another attempt makes sense */
  renew(side: Side): boolean {
    const isNews = !this.#renew.has(side);
    this.#renew.add(side);
    return isNews;
  }

  /** Resolves when nothing of the last attempt is open any more. */
  get closed(): Promise<unknown> {
    return this.#leaving;
  }

  /** @throws LoginFailed, CredentialMissing, Refused, ConnectionLost */
  async open(place: Place, drop: AbortSignal): Promise<OpenConnections> {
    const { row, record, world, judge, inquiry, onNotice, onOneAtATime } = this.parts;
    const { batch, credentials, trust, connect, clock, correct, onServer, manners, paces } = world;
    for (const side of ['source', 'destination'] as const) this.#uidValidities[side].begin();
    const open = await openConnections(
      {
        batch: seenBy(batch, row),
        row,
        credentials,
        trust: trust(row),
        connect,
        clock,
        renew: new Set(this.#renew),
        place,
        read: (error) => readFailure(error, correct),
        most: this.#most,
        days: optionsOf(batch.options, row),
        past: new Set(record.data.folders.map(({ source }) => source)),
        trials: this.#trials,
        drop,
        uidValidities: this.#uidValidities,
        readings: inquiry.readings,
        isSuspected: (side, folder) => inquiry.isSuspected(side, folder),
        onNotice,
        manners,
        paces: paces(row),
        caution: this.#caution,
        onOneAtATime,
      },
      judge,
    );
    this.#renew.clear();
    for (const side of ['source', 'destination'] as const) onServer(row, side, open.listings[side]);
    for (const { side, why, response } of open.refused) {
      if (why === 'it takes one') this.#most[side] = 1;
      this.parts.onCramped(side, response);
    }
    return open;
  }

  /** Logs out. The caller need not wait for it. */
  close({ sessions }: OpenConnections): void {
    this.#leaving = Promise.all(sessions.map(({ wire }) => wire.leave()));
  }
}
