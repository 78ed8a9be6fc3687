import { UidSet } from '../../../store/uid/uid-set.js';
import type { Verdict } from '../../../words/verdict.js';
import type { Desk } from '../../imap/commands/desk.js';
import { fetchUids } from '../../imap/commands/scan.js';
import { searchUids } from '../../imap/commands/search.js';
import { setsOf } from '../../imap/commands/uid-windows.js';
import { Refused } from '../../imap/session/refused.js';
import { isOfMessages } from '../verify/read-refusals.js';
import { type Listed, notSeen, windowsFor } from './whole-list.js';

/** A folder after every way was tried to see the messages that its list leaves out. */
export interface Seen {
  /** UIDs that are there: listed, confirmed, and settled ones that were named again. */
  readonly there: UidSet;
  /** EXISTS as it was told last; null: the server does not say. */
  readonly exists: number | null;
  /** How many more messages the folder counts, under UIDs that nobody can tell. */
  readonly notSeen: number;
  /** UIDs that SEARCH names and FETCH gives no row for. */
  readonly unconfirmed: UidSet;
  /** The answer that refused the listing; null: none. */
  readonly refused: string | null;
}

/**
 * Looks for messages that a list lacks. A FETCH may leave out a row without a word, may be cut short or refused, and a
 * message that is not listed would never be copied. SEARCH is asked first, and FETCH confirms what it names. Then all
 * UIDs are fetched, then windows of them. At last the folder is opened again, because messages may be gone meanwhile.
 *
 * @param refused the refusal of the list, if there was one
 * @throws Refused where the server will not be read now
 */
export async function seeAll(
  desk: Desk,
  folder: string,
  first: Listed,
  refused: Refused | null,
  judge: (line: string, command: string) => Verdict,
): Promise<Seen> {
  const look = new Look(desk, folder, first, judge);
  if (refused) look.refuse(refused);
  await look.bySearch();
  if (!look.isWhole) await look.byFetch();
  if (!look.isWhole) await look.byWindows();
  if (!look.isWhole) await look.openAgain();
  return look.seen;
}

class Look {
  readonly #there: UidSet;
  /** Settled UIDs that SEARCH names. */
  #named = new UidSet();
  #unconfirmed = new UidSet();
  #exists: number | null;
  #searched = false;
  #fetched = false;
  #refused: Refused | null = null;

  constructor(
    private readonly desk: Desk,
    private readonly folder: string,
    private readonly first: Listed,
    private readonly judge: (line: string, command: string) => Verdict,
  ) {
    this.#there = first.listed.clone();
    this.#exists = first.exists;
  }

  /** If the server does not count, the list is believed once SEARCH and FETCH agree. */
  get isWhole(): boolean {
    if (this.#exists !== null) return this.#all.size === this.#exists;
    return this.#searched && this.#fetched && this.#unconfirmed.isEmpty;
  }

  get #all(): UidSet {
    return this.#there.union(this.#named);
  }

  get seen(): Seen {
    const short = notSeen(this.#exists, this.#all);
    // These UIDs are as many as are missing. Each is asked for, and entered by its UID if it does not come.
    const believed = short > 0 && this.#unconfirmed.size === short;
    const there = believed ? this.#all.union(this.#unconfirmed) : this.#all;
    return {
      there,
      exists: this.#exists,
      notSeen: believed ? 0 : short,
      unconfirmed: this.#unconfirmed,
      refused: this.#refused?.line ?? null,
    };
  }

  async bySearch(): Promise<void> {
    const { uids, answer } = await searchUids(this.desk, this.folder, '1:*');
    if (answer.status !== 'OK') {
      this.#refused ??= new Refused(this.desk.wire.side, 'UID SEARCH', answer.line, this.folder);
      return;
    }
    this.#searched = true;
    this.#named = uids.intersect(this.first.settled);
    const news = uids.minus(this.#named).minus(this.#there);
    this.#there.addAll(await this.#confirmed(news));
    this.#unconfirmed = news.minus(this.#there);
  }

  async byFetch(): Promise<void> {
    const uids = await this.#ask(['1:*']);
    this.#fetched = this.#refused === null;
    // FETCH names as many messages as the folder counts, so a UID that only SEARCH named is no message.
    if (uids.size === this.#exists) this.#named = this.#named.intersect(uids);
  }

  async byWindows(): Promise<void> {
    await this.#ask(windowsFor(this.#all, this.desk.lastOpened(this.folder)?.uidNext ?? null, setsOf));
  }

  async openAgain(): Promise<void> {
    const { messages, uidNext } = await this.desk.reopen(this.folder);
    const more = messages !== null && this.#exists !== null && messages > this.#exists;
    this.#exists = messages ?? this.#exists;
    if (more) await this.#ask(windowsFor(this.#all, uidNext, setsOf));
  }

  async #ask(sets: readonly string[]): Promise<UidSet> {
    const answers = await Promise.allSettled(sets.map((set) => fetchUids(this.desk, this.folder, set)));
    const found = new UidSet();
    for (const answer of answers) {
      if (answer.status === 'fulfilled') found.addAll(answer.value);
      else if (answer.reason instanceof Refused) this.refuse(answer.reason);
      else throw answer.reason;
    }
    this.#there.addAll(found);
    this.#unconfirmed = this.#unconfirmed.minus(found);
    return found;
  }

  /** Goes on after a refusal.  @throws Refused where it is about more than the messages that were asked for */
  refuse(refused: Refused): void {
    if (!isOfMessages(this.judge(refused.line, refused.command))) throw refused;
    this.#refused = refused;
  }

  async #confirmed(uids: UidSet): Promise<UidSet> {
    if (uids.isEmpty) return uids;
    return this.#ask(setsOf(uids));
  }
}
