import { inParallel } from '../../store/documents/in-parallel.js';
import { isNote, isOfNoMessage } from '../../store/errors/error-entry.js';
import type { MailboxFolder } from '../../store/mailbox/mailbox-document.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { accountForFolder } from '../account/account-for-folder.js';
import { mayBeThereIn } from '../account/ending-of-mailbox.js';
import { folderUnaccounted } from '../copy/findings.js';
import type { FolderJob } from '../copy/job.js';
import { type Home, type Making, makeFolders } from '../copy/make/make-folders.js';
import { mapFolders } from '../copy/map/folder-map.js';
import type { FolderPair } from '../copy/map/folder-pair.js';
import { warningText } from '../copy/map/folder-warnings.js';
import { takeLateArrivals } from '../copy/prepare/late-arrivals.js';
import { waitForLateStores } from '../copy/prepare/late-stores.js';
import type { Preparation } from '../copy/prepare/preparation.js';
import { prepareFolder } from '../copy/prepare/prepare-folder.js';
import { tellOfNoUids } from '../copy/scan/no-uids.js';
import { copyFolder, type Haste } from '../copy/transfer/copy-folder.js';
import { confirmVanished } from '../copy/verify/confirm-vanished.js';
import { finishFolder } from '../copy/verify/finish-folder.js';
import { accountForNames } from '../copy/verify/folder-account.js';
import { lookAtDoubles } from '../copy/verify/look-at-doubles.js';
import type { FolderStatus } from '../imap/commands/status.js';
import { Refused } from '../imap/session/refused.js';
import { convictionOfFolder } from '../isolate/convictions.js';
import type { PairNames } from '../isolate/inquiry.js';
import { mayBeOfOne } from '../isolate/may-be-of-one.js';
import { withPatience } from '../isolate/with-patience.js';
import { followSkips } from '../triage/follow-skips.js';
import { appendLimit } from './append-limit.js';
import { folderEnd, takenOf } from './folder-end.js';
import { forgetGone, noteCounts, noteFolder, noteOpened } from './folder-notes.js';
import { folderProgress } from './folder-progress.js';
import { nothingToDo, type SettledNow } from './nothing-to-do.js';
import type { PassParts } from './pass-parts.js';
import { enterRefusal } from './refused-folder.js';
import { FolderTally } from './tally.js';

/** Folders prepared ahead of the one that is copied: so many, and no more messages than this. */
const AHEAD = { folders: 32, messages: 100_000 } as const;
/** Folders that are still being answered or read back while later ones are copied. */
const UNFINISHED = 16;

/**
 * One trip through a mailbox: every folder listed, made, prepared, copied, read back. Folders follow
 * each other on the wire without waiting. Ends by throwing as soon as something concerns more than
 * a folder; whatever was settled is in the ledgers then.
 *
 * @throws LineLost, Refused, TooManyRefusals, OutOfStep, UidValidityChanged
 */
export async function runPass(parts: PassParts): Promise<void> {
  const pass = new Pass(parts);
  await pass.run();
}

interface Planned {
  readonly pair: FolderPair;
  readonly tally: FolderTally;
  readonly made: Promise<Home | undefined>;
}

class Pass {
  readonly #tallies: FolderTally[] = [];
  readonly #finishing = new Set<Promise<void>>();
  /** Folders whose messages were all answered. */
  readonly #answered: FolderJob[] = [];
  /** Source folders that were looked into, entered as refused, or left alone because nothing is to be done. */
  readonly #accounted = new Set<string>();
  #pairs: readonly FolderPair[] = [];
  /** Names of the source that are left out with a reason. */
  #leftOut: readonly string[] = [];
  #making: Making = new Map();
  /** Folders in which a run was broken off, as they stand when nothing of it is stored any more. */
  #still: Promise<ReadonlyMap<string, FolderStatus>> = Promise.resolve(new Map());
  /** On disk: something may be under way from now on. */
  #announced: Promise<void> | null = null;
  /** They may break connections: their turn comes when all else is done. */
  readonly #putOff = new Set<FolderPair>();
  #failure: unknown = null;

  constructor(private readonly parts: PassParts) {}

  async run(): Promise<void> {
    const { open, batch, row, record, context } = this.parts;
    this.parts.onState('scanning', null);
    const { source, destination } = open.listings;
    const former = new Map(record.data.folders.map((folder) => [folder.source, folder.destination]));
    const map = mapFolders(source, destination, { ...batch.options, userRoot: row.userRoot }, former);
    accountForNames(context, source, destination);
    for (const { name, why } of map.leftOut) context.log('info', name, `left out: ${why}`);
    for (const warning of map.warnings) context.log('warn', null, warningText(warning));
    context.log(
      'info',
      null,
      `${map.pairs.length} folders; the destination is written to by ${open.lines.destination.lane.way}`,
    );
    this.#pairs = map.pairs;
    this.#leftOut = map.leftOut.map(({ name }) => name);
    tellOfNoUids(context);
    this.#making = await makeFolders(context, destination, map.pairs, open.trials.destination.create);
    const { inquiry } = this.parts.memory;
    // What may break the line is looked at when nothing else is under way.
    for (const pair of map.pairs) if (inquiry.isPutOff(wireNames(pair))) this.#putOff.add(pair);
    const planned = this.#plan(map.pairs);
    const atOnce = planned.filter(({ pair }) => !this.#putOff.has(pair));
    this.parts.onTallies(this.#tallies);
    this.#still = this.#waitForLateStores(atOnce);
    this.#still.catch(() => {});
    try {
      await this.#copyAll(atOnce);
      for (const folder of planned) await this.#copyLast(folder);
      await Promise.all(this.#making.values());
      this.#account();
      await lookAtDoubles(context, record.errors, map.pairs);
      forgetGone(record, this.#tallies);
      // All was answered, or nothing was sent: the next attempt need not wait for anything.
      record.data.flight = null;
    } finally {
      for (const tally of this.#tallies) noteCounts(record, tally);
    }
  }

  /** Leaves out what nothing is to be done in; the rest is prepared in this order. */
  #plan(pairs: readonly FolderPair[]): Planned[] {
    const { source, destination } = this.parts.open.listings;
    const planned: Planned[] = [];
    for (const pair of pairs) {
      const made = pair.selectable ? this.#making.get(pair.destination.wire) : undefined;
      if (!made) continue;
      const known = this.#known(pair);
      const tally = new FolderTally(pair.source.name, pair.destination.name, known?.counts);
      // What failed is failed until it has been taken, also where this pass does not come so far.
      if (known) tally.failed = this.parts.record.errors.failed(pair.source.name).size;
      tally.way = this.parts.open.lines.destination.lane.way;
      this.#tallies.push(tally);
      const now: SettledNow = {
        source: source.statuses.get(pair.source.wire),
        destination: destination.statuses.get(pair.destination.wire),
      };
      if (nothingToDo(known, now)) {
        if (known?.settledAt) {
          known.settledAt.believed++;
          this.#accounted.add(pair.source.name);
        }
        continue;
      }
      planned.push({ pair, tally, made });
    }
    return planned;
  }

  #known({ source, destination }: FolderPair): MailboxFolder | undefined {
    return this.parts.record.data.folders.find(
      (folder) => folder.source === source.name && folder.destination === destination.name,
    );
  }

  async #copyAll(planned: readonly Planned[]): Promise<void> {
    const ahead: Promise<FolderJob | null>[] = [];
    let next = 0;
    let messages = 0;
    const { statuses } = this.parts.open.listings.source;
    // UIDs that hold only while a folder is open: one folder after the other.
    const isLasting = this.parts.context.lines.source.fetch.uidValidities.lasting;
    const most = isLasting ? { ahead: AHEAD.folders, unfinished: UNFINISHED } : { ahead: 1, unfinished: 0 };
    const sizeOf = ({ pair }: Planned) => statuses.get(pair.source.wire)?.messages ?? 0;
    const prepareMore = () => {
      while (next < planned.length && ahead.length < most.ahead && (ahead.length === 0 || messages < AHEAD.messages)) {
        const folder = planned[next++]!;
        // Two folders that go into one: the second is matched with what the first one left.
        if (folder.pair.shared && (ahead.length > 0 || this.#finishing.size > 0)) {
          next--;
          break;
        }
        messages += sizeOf(folder);
        const prepared = this.#prepare(folder);
        prepared.catch(() => {});
        ahead.push(prepared);
      }
    };
    try {
      for (let at = 0; at < planned.length; at++) {
        if (planned[at]!.pair.shared) await this.#finished(0);
        prepareMore();
        const job = await ahead.shift()!;
        messages -= sizeOf(planned[at]!);
        if (this.#failure) break;
        // What has nothing left to copy comes to its end all the same.
        if (job && job.todo.length > 0) this.parts.context.signal.throwIfAborted();
        if (job) await this.#copy(job, planned[at]!);
        await this.#finished(most.unfinished);
        if (this.#failure) break;
      }
    } catch (error) {
      this.#failure ??= error;
    }
    await Promise.allSettled(ahead);
    await this.#finished(0);
    if (this.#failure) throw this.#failure;
  }

  async #waitForLateStores(planned: readonly Planned[]): Promise<ReadonlyMap<string, FolderStatus>> {
    const { record, context } = this.parts;
    const { flight } = record.data;
    if (flight === null) return new Map();
    const brokenOff = await inParallel(planned, 16, async ({ pair, made }) => {
      const folders = { source: pair.source.name, destination: pair.destination.name };
      // One that cannot be read is told of when its turn comes.
      const ledger = await record.ledger(folders).catch(() => null);
      const home = ledger?.writing ? await made : undefined;
      return home ? [home.destination] : [];
    });
    return waitForLateStores(context, brokenOff.flat(), flight);
  }

  async #settledStatus({ made }: Planned): Promise<FolderStatus | undefined> {
    const home = await made;
    return home && ((await this.#still).get(home.destination.wire) ?? home.status);
  }

  /** Before the first byte: a crash finds on disk that there was something to wait for. */
  #announce(): Promise<void> {
    const { checkpoints, open } = this.parts;
    const { lane } = open.lines.destination;
    this.#announced ??= this.#still.then(() => {
      checkpoints.follow(() => lane.note());
      lane.notedBy(() => checkpoints.write());
      return checkpoints.write();
    });
    return this.#announced;
  }

  /** What may break connections, when all else is done: alone, and with less patience. */
  async #copyLast(folder: Planned): Promise<void> {
    const { context, memory, open } = this.parts;
    const { inquiry } = memory;
    const names = wireNames(folder.pair);
    let isDue = this.#putOff.has(folder.pair);
    while (isDue || inquiry.isPutOff(names) || inquiry.suspectsIn(names.source).size > 0) {
      isDue = false;
      const convicted = inquiry.convictionOf(names);
      if (convicted) {
        context.fail({ ...convictionOfFolder(convicted), folder: folder.pair.source.name, uids: new UidSet() });
        this.#accounted.add(folder.pair.source.name);
        return;
      }
      const strikes = inquiry.strikesOf(names);
      inquiry.begins(names, null);
      await withPatience(open.lines, strikes, () => this.#copyAlone(folder));
      if (this.#failure) throw this.#failure;
      const isStruck = inquiry.strikesOf(names) > strikes;
      if (isStruck) await context.clock.sleep(1_000 * (strikes + 1), context.signal);
      else inquiry.acquit(names);
      context.signal.throwIfAborted();
    }
    inquiry.ends();
  }

  async #copyAlone(folder: Planned): Promise<void> {
    const { inquiry } = this.parts.memory;
    if (inquiry.isPutOff(wireNames(folder.pair))) this.#still = this.#waitForLateStores([folder]);
    const job = await this.#prepare(folder, 'alone');
    if (job) await this.#copy(job, folder, 'alone');
    await this.#finished(0);
  }

  /** Null where the folder cannot be opened or made: that is entered, and the others go on. */
  async #prepare(planned: Planned, haste: Haste = 'streaming'): Promise<FolderJob | null> {
    const { record, context, memory, open, orders, onProgress } = this.parts;
    const { tally } = planned;
    let noted: MailboxFolder | null = null;
    const changed = (how: 'stored' | 'other') => {
      // Checkpoints write it: after a kill, the bytes that were copied are known from nothing else.
      if (noted) noted.counts = tally.counts;
      onProgress(tally.source, how);
    };
    try {
      const pair = await this.#housed(planned);
      const folders = { source: pair.source.name, destination: pair.destination.name };
      const ledger = await record.ledger(folders);
      const decided = orders.begin(folders.source, ledger.identity.source.uidValidity);
      // Decided while it was on its way, and refused then: it is left out from now on.
      for (const { uids } of decided.skips) record.errors.skip(folders.source, uids);
      followSkips(ledger, decided.skips, record.errors.failed(folders.source));
      memory.failed.get(folders.source)?.deleteAll(decided.fresh);
      const suspects = memory.inquiry.suspectsIn(pair.source.wire);
      const failed = (memory.failed.get(folders.source) ?? new UidSet()).union(decided.rest);
      const waiting = haste === 'streaming' ? failed.union(suspects.uids) : failed;
      const preparation: Preparation = {
        pair,
        ledger,
        made: this.#settledStatus(planned),
        notOurs: await this.#ofSiblings(pair),
        appendLimit: (status) => appendLimit(open, status),
        suspects,
        careful: setIn(memory.careful, folders.source),
        notAgain: waiting,
        mayBeThere: mayBeThereIn(record.errors.entries, folders.source),
        treatments: decided.treatments,
        progress: {
          opened: (uidValidity) => this.#forgetOthers(pair, uidValidity),
          ...folderProgress({ tally, ledger, errors: record.errors, failed: memory.failed, changed }),
        },
      };
      const job = await prepareFolder(context, preparation);
      // Its destination cannot be had: the failure to make it is entered.
      if (!job) this.#accounted.add(pair.source.name);
      if (job) noted = noteOpened(record, tally, job.opened.uidValidity);
      memory.inquiry.opens();
      return job;
    } catch (error) {
      const { pair } = planned;
      const none = this.#orFolder(error, pair);
      // Nothing is known of its messages but that they are there, and not copied.
      tally.total = Math.max(tally.total, open.listings.source.statuses.get(pair.source.wire)?.messages ?? 0);
      changed('other');
      return none;
    }
  }

  /** The pair under the name that the destination keeps it; what need not be made has that already. */
  async #housed({ pair, tally, made }: Planned): Promise<FolderPair> {
    const home = pair.create.length > 0 ? await made : undefined;
    if (!home || home.destination.wire === pair.destination.wire) return pair;
    const housed = { ...pair, destination: home.destination };
    tally.destination = home.destination.name;
    this.#pairs = this.#pairs.map((other) => (other === pair ? housed : other));
    return housed;
  }

  /** What failed under another UIDVALIDITY is of messages that nobody can name any more. */
  #forgetOthers(pair: FolderPair, uidValidity: string): void {
    const { record, memory } = this.parts;
    const { name } = pair.source;
    const before = this.#known(pair)?.uidValidity ?? null;
    if (before === null || before === uidValidity) return;
    memory.failed.delete(name);
    memory.inquiry.suspectsIn(pair.source.wire).forget();
    memory.careful.delete(name);
    record.errors.close((entry) => entry.folder === name && !isNote(entry.verdict) && !isOfNoMessage(entry));
  }

  /** UIDs in the same destination folder that another source folder became: never matched a second time. */
  async #ofSiblings(pair: FolderPair): Promise<UidSet> {
    const taken = new UidSet();
    if (!pair.shared) return taken;
    for (const { source, destination } of this.#pairs) {
      if (destination.wire !== pair.destination.wire || source.wire === pair.source.wire) continue;
      const sibling = await this.parts.record.ledger({ source: source.name, destination: destination.name });
      taken.addAll(sibling.destinationsKnown());
    }
    return taken;
  }

  async #copy(prepared: FolderJob, { pair, tally }: Planned, haste: Haste = 'streaming'): Promise<void> {
    let job: FolderJob;
    try {
      job = await takeLateArrivals(this.parts.context, prepared);
    } catch (error) {
      this.#orFolder(error, pair);
      return;
    }
    if (job.todo.length > 0) await this.#announce();
    const { checkpoints, onState, orders, record, memory } = this.parts;
    const { name } = pair.source;
    checkpoints.watch(job.ledger);
    if (job.todo.length > 0) onState('copying', name);
    const { done } = await copyFolder(this.parts.context, job, haste);
    let answered = false;
    const finished: Promise<void> = done
      .then(() => this.#finish(job, tally))
      .then(() => {
        answered = true;
      })
      .catch((error: unknown) => {
        this.#orFolder(error, pair);
      })
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#closeErrors(job, tally);
        if (answered) orders.answered(name, record.errors.failed(name));
        else orders.brokenOff(name, memory.failed.get(name) ?? new UidSet());
        this.#finishing.delete(finished);
        if (!job.ledger.dirty) checkpoints.unwatch(job.ledger);
      });
    this.#finishing.add(finished);
  }

  /** What failed before and has been taken now is no error any more; nor is it left out, where that was decided too late. */
  #closeErrors({ pair, ledger }: FolderJob, tally: FolderTally): void {
    const { errors } = this.parts.record;
    const { name } = pair.source;
    if (!errors.skippedIn(name).isEmpty) tally.skipped -= errors.unskip(name, takenOf(ledger)).size;
    if (!errors.failed(name).isEmpty) errors.clear(name, ledger.settledSources());
  }

  /** Everything is answered: read it back, and put it on disk. */
  async #finish(job: FolderJob, tally: FolderTally): Promise<void> {
    const { context, onState, record, checkpoints } = this.parts;
    const { ledger } = job;
    await confirmVanished(context, job);
    this.#answered.push(job);
    this.#accounted.add(job.pair.source.name);
    await finishFolder(context, job, {
      onVerifying: () => onState('verifying', tally.source),
      saveFindings: () => checkpoints.write(),
    });
    this.#closeErrors(job, tally);
    if (job.todo.length > 0) {
      context.log('info', tally.source, folderEnd(tally.counts));
    }
    const { messages, uidValidity } = job.opened;
    const unread = context.lines.destination.read.readings.leftOut(job.pair.destination.wire);
    const { destinationUidValidity } = job;
    // Where the source does not count its messages, or not all was read back, no glance can tell that nothing is to be done.
    noteFolder(
      record,
      ledger,
      tally,
      uidValidity,
      messages === null || !unread.isEmpty ? null : { ...job.opened, messages, destinationUidValidity, believed: 0 },
    );
  }

  /** Every folder has met its end and every message its fate; what has none is an open failure, and the next run copies it. */
  #account(): void {
    const { context } = this.parts;
    for (const job of this.#answered) accountForFolder(context, job);
    const ended = new Set([...this.#leftOut, ...this.#accounted]);
    // A parent without mail of its own has nothing to be looked into.
    for (const pair of this.#pairs) if (!pair.selectable) ended.add(pair.source.name);
    for (const { name: folder } of this.parts.open.listings.source.folders) {
      if (ended.has(folder)) continue;
      context.fail({ side: 'source', command: 'account', folder, uids: new UidSet(), ...folderUnaccounted });
    }
  }

  /** A failure that concerns one folder is entered; anything else ends the pass. */
  #orFolder(error: unknown, pair: FolderPair): null {
    const { context, memory } = this.parts;
    this.#accounted.add(pair.source.name);
    if (error instanceof Refused) {
      const verdict = context.judge(error.side, error.line, error.command);
      const wire = pair[error.side].wire;
      if (mayBeOfOne(verdict) && memory.inquiry.notOpened(wire, error).kind !== 'nothing') {
        this.#putOff.add(pair);
        context.log('warn', pair.source.name, `${error.message}: this folder is tried last, by itself`);
        return null;
      }
    }
    if (enterRefusal(context, error, pair.source.name)) return null;
    throw error;
  }

  async #finished(most: number): Promise<void> {
    while (this.#finishing.size > most) await Promise.race(this.#finishing);
  }
}

function setIn(sets: Map<string, UidSet>, folder: string): UidSet {
  const set = sets.get(folder) ?? new UidSet();
  sets.set(folder, set);
  return set;
}

const wireNames = ({ source, destination }: FolderPair): PairNames => ({
  source: source.wire,
  destination: destination.wire,
});
