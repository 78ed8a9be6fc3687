import { allTreated, type Treated } from '../../../store/ledger/treated.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { destinationAccount } from '../../account/destination-folder.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { isDeletedFlag, isRecent, keepsFlag } from '../../imap/grammar/flags.js';
import type { NamedRow } from '../../imap/grammar/row-merger.js';
import type { Finding } from '../../responses/finding.js';
import { sentRepaired, sentWithoutFlags } from '../findings.js';
import type { CopyContext, FolderJob } from '../job.js';
import { takeBackPushedOut } from '../losses/keeps-newest.js';
import { lookIntoAbsent, type There } from '../losses/not-there.js';
import { instantIn } from '../message/message-date.js';
import { confirmAbsent } from '../scan/confirm-absent.js';
import { ContentCheck } from './content-check.js';
import { DateDifferences } from './date-differences.js';
import { enterDoubles } from './find-doubles.js';
import { flagsLost, flagsNotSet, keywordNotKept } from './flag-findings.js';
import { IdentityCheck } from './identity-check.js';
import { learnUnknown } from './learn-unknown.js';
import { placeExchanged, placeStrangers } from './place-strangers.js';
import { missingFlags, storeFlags } from './store-flags.js';

/** The result of reading a folder back. */
export interface Verification {
  readonly compared: number;
  readonly readWhole: number;
  /** The number of findings that were entered in the error ledger. */
  readonly findings: number;
  /** A destination UID below which everything was read back. It goes into the ledger once the findings are on disk. */
  readonly below: number;
}

/**
 * Proves that the messages arrived as they were sent. One FETCH of all that came since the last proof is compared with
 * what was sent. Odd messages, and those with another size, are read back whole.
 */
export async function verifyFolder(context: CopyContext, job: FolderJob): Promise<Verification> {
  const from = job.ledger.verifiedTo;
  const first = new FolderCheck(context, job);
  const again = await first.read(from);
  if (again === null) return first.finish();
  const second = new FolderCheck(context, job);
  await second.readAgain(from, again);
  return second.finish();
}

interface Row {
  readonly uid: number;
  readonly size: number;
  readonly date: number | undefined;
  readonly flags: readonly string[];
}

class FolderCheck {
  readonly #findings = new Map<string, { readonly finding: Finding; readonly uids: UidSet }>();
  /** Destination UIDs by the flags that are to be set again. */
  readonly #toStore = new Map<string, UidSet>();
  readonly #contents: ContentCheck;
  readonly #treated: Treated;
  readonly #dates = new DateDifferences();
  readonly #there = new UidSet();
  readonly #identity: IdentityCheck;
  /** The destination UID from which the folder is read back. Below `verified`, everything was read back before. */
  #from = 1;
  #verified = 1;
  #compared = 0;
  #entered = 0;

  constructor(
    private readonly context: CopyContext,
    private readonly job: FolderJob,
  ) {
    this.#treated = job.ledger.treated;
    this.#identity = new IdentityCheck(context, job);
    this.#contents = new ContentCheck(context, job, (finding, source) => this.#find(finding, source));
  }

  /**
   * Reads the folder back from a destination UID on.
   *
   * @returns the UID to read it from once more with a new check, since pairs have changed; null: none has
   */
  async read(from: number): Promise<number | null> {
    const { context, job } = this;
    await this.#list(from);
    this.#verified = from;
    const { foreign, ...found } = this.#account();
    const { exchanged } = this.#identity;
    if (!exchanged.isEmpty) return placeExchanged(context, job, exchanged);
    return placeStrangers(context, job, { ...found, from, foreign: foreign.minus(job.notOurs) });
  }

  /**
   * Reads again from a UID that may be below what was read back before. Messages that are gone from there were removed
   * since.
   */
  async readAgain(verified: number, from: number): Promise<void> {
    await this.#list(from);
    this.#verified = verified;
  }

  async finish(): Promise<Verification> {
    const { context, job } = this;
    const { missing, foreign, ...account } = this.#account();
    const unknown = await this.#stillAtTheSource(account.unknown);
    const isThere = (uid: number) => uid < this.#from || this.#there.has(uid);
    const exists = context.connections.destination.read.exists(job.pair.destination.wire);
    const readBack = { from: this.#from, there: this.#there, exists };
    await this.#lookInto(missing, unknown, { isThere, foreign: foreign.minus(job.notOurs), readBack });
    this.#entered += await takeBackPushedOut(context, job, readBack);
    this.#entered += await this.#contents.readBack(this.#there);
    await this.#storeFlags();
    const showsMore = job.lastShown === 'in part' && job.shown === 'whole';
    if (job.tailWasRead || showsMore || this.#isMoreThanSent())
      this.#entered += await enterDoubles(context, job, this.#treated, showsMore ? 1 : this.#from);
    this.#tellOtherwise();
    for (const { finding, uids } of this.#dates.findings(context.beganAt)) this.#enter(finding, uids);
    const below = Math.max(this.#from - 1, this.#there.last ?? 0) + 1;
    job.ledger.raiseFloor(below);
    for (const { finding, uids } of this.#findings.values()) this.#enter(finding, uids);
    return { compared: this.#compared, readWhole: this.#contents.size, findings: this.#entered, below };
  }

  async #list(from: number): Promise<void> {
    const { context, job } = this;
    const { read } = context.connections.destination;
    this.#from = from;
    // SELECT is not waited for. The FETCH behind it is sent with it, and its answer is known before the rows.
    read.reopen(job.pair.destination.wire).catch(() => {});
    await Promise.all([learnUnknown(context, job), this.#contents.readEarlier(this.#treated)]);
    const known = job.ledger.destinationsKnown();
    await Promise.all([
      scanMessages(read, job.pair.destination.wire, `${from}:*`, 'sizes, dates and flags', (row) => {
        if (row.uid < from) return;
        this.#there.add(row.uid);
        if (known.has(row.uid)) this.#compare(rowOf(row));
      }),
      this.#identity.read(from),
    ]);
    for (const uid of this.#identity.differing) if (this.#there.has(uid)) this.#contents.addAsListed(uid);
    for (const uid of read.readings.leftOut(job.pair.destination.wire)) if (uid >= from) this.#there.add(uid);
  }

  #compare(row: Row): void {
    const source = this.job.ledger.sourceOf(row.uid);
    const sent = source === undefined ? undefined : this.job.sent.get(source);
    if (source === undefined || !sent) return;
    this.#compared++;
    if (sent.exact || sent.size !== row.size)
      this.#contents.add({ source, destination: row.uid, size: row.size, sent });
    this.#dates.add(source, sent.date, row.date);
    const missing = missingFlags(sent.flags, row.flags);
    if (missing.length === 0) return;
    const again: string[] = [];
    for (const flag of missing) {
      // An earlier run may have stripped the mark, by another --deleted. Set now, it would have the message expunged.
      if (isDeletedFlag(flag) && !this.job.todo.has(source)) continue;
      if (this.#keeps(flag)) again.push(flag);
      else this.#find(keywordNotKept(flag), source);
    }
    if (again.length === 0) return;
    const key = again.join(' ');
    const uids = this.#toStore.get(key);
    if (uids) uids.add(row.uid);
    else this.#toStore.set(key, UidSet.from([row.uid]));
  }

  #keeps(flag: string): boolean {
    const { read } = this.context.connections.destination;
    return keepsFlag(read.lastOpened(this.job.pair.destination.wire)?.permanentFlags ?? null, flag);
  }

  /**
   * Whether the folder holds messages that nobody can place: the server stored a message twice, stored one that it
   * refused, or called a full folder empty.
   */
  #isMoreThanSent(): boolean {
    const { ledger, notOurs } = this.job;
    const strangers = this.#there.minus(ledger.destinationsKnown()).minus(notOurs).size;
    return strangers > ledger.unknown.size || (strangers > 0 && !ledger.failed.isEmpty);
  }

  /** Compares the stored messages with those that are there. */
  #account(): { readonly missing: UidSet; readonly unknown: UidSet; readonly foreign: UidSet } {
    const { ledger, sent } = this.job;
    // A message that an earlier run took without a UID was judged when that run read the folder back, if it came to that.
    const unknown = ledger.unknown.intersect(ledger.unproven);
    for (const uid of ledger.unknown) if (sent.get(uid)) unknown.add(uid);
    const known = ledger.destinationsKnown();
    const stored = known.clone();
    if (this.#verified > 1) stored.deleteRange(1, this.#verified - 1);
    // Messages below were read back before, and may be deleted since. Of these only the messages of this run must be
    // there.
    if (this.#from < this.#verified)
      for (const [source, destination] of ledger.pairs()) if (sent.get(source)) stored.add(destination);
    const { missing } = destinationAccount({ stored, there: this.#there, unrecognised: unknown });
    return { missing, unknown, foreign: this.#there.minus(known) };
  }

  /**
   * Leaves out messages of earlier runs that the source has deleted since: the destination may have lost them with
   * good reason, and nobody misses them.
   */
  async #stillAtTheSource(unknown: UidSet): Promise<UidSet> {
    const { context, job } = this;
    const earlier = UidSet.from([...unknown].filter((uid) => !job.sent.get(uid)));
    if (earlier.isEmpty) return unknown;
    return unknown.minus(await confirmAbsent(context.connections.source.scan, job.pair.source.wire, earlier));
  }

  /**
   * @param gone     UIDs of the destination folder that were given and are not there
   * @param unknown  source UIDs that were taken without a UID, and that no message there is equal to
   */
  async #lookInto(gone: UidSet, unknown: UidSet, there: There): Promise<void> {
    const { ledger } = this.job;
    const absent = UidSet.from([...gone].flatMap((uid) => ledger.sourceOf(uid) ?? []));
    if (absent.isEmpty && unknown.isEmpty) return;
    const { noted, takenBack } = await lookIntoAbsent(this.context, this.job, { absent, unknown }, there);
    this.#entered += takenBack.size;
    for (const { finding, uids } of noted) for (const uid of uids) this.#find(finding, uid);
  }

  /** Reports changes that were ordered together with the rest, so that no crash parts them from the ledger. */
  #tellOtherwise(): void {
    const { ledger, sent } = this.job;
    for (const source of allTreated(this.#treated)) {
      const otherwise = ledger.isSettled(source) ? sent.get(source)?.otherwise : undefined;
      if (!otherwise) continue;
      const { repairs, flagsLeftOut } = otherwise;
      if (repairs.length > 0) this.#find(sentRepaired(repairs), source);
      if (flagsLeftOut.length > 0) this.#find(sentWithoutFlags(flagsLeftOut.join(' ')), source);
    }
  }

  async #storeFlags(): Promise<void> {
    const { ledger } = this.job;
    for (const [flags, uids] of this.#toStore) {
      const { lacking, gone, notTaken } = await storeFlags(this.context, this.job, flags.split(' '), uids);
      if (!gone.isEmpty)
        await this.#lookInto(gone, new UidSet(), {
          isThere: (uid) => !gone.has(uid),
          foreign: new UidSet(),
          readBack: null,
        });
      for (const [missing, still] of lacking)
        for (const uid of still) {
          const words = notTaken.get(uid);
          const finding = words === undefined ? flagsLost(missing) : flagsNotSet(missing, words);
          this.#find(finding, ledger.sourceOf(uid) ?? uid);
        }
    }
  }

  #find(finding: Finding, source: number): void {
    const found = this.#findings.get(finding.response);
    if (found) found.uids.add(source);
    else this.#findings.set(finding.response, { finding, uids: UidSet.from([source]) });
  }

  #enter({ response, verdict }: Finding, uids: UidSet): void {
    this.#entered++;
    this.context.fail({
      side: 'destination',
      command: 'read back',
      folder: this.job.pair.source.name,
      uids,
      response,
      verdict,
    });
  }
}

function rowOf(row: NamedRow): Row {
  return {
    uid: row.uid,
    size: row.size ?? -1,
    date: instantIn(row.internalDate),
    flags: (row.flags ?? []).filter((flag) => !isRecent(flag)),
  };
}
