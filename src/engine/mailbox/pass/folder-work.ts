import { inParallel } from '../../../store/documents/in-parallel.js';
import { isNote, isOfNoMessage } from '../../../store/errors/error-entry.js';
import type { MailboxFolder } from '../../../store/mailbox/mailbox-document.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { lastShownIn, mayBeThereIn } from '../../account/ending-of-mailbox.js';
import type { FolderJob } from '../../copy/job.js';
import { copyTwins, type Twin } from '../../copy/labels/copy-twins.js';
import { NOTHING_ELSEWHERE } from '../../copy/labels/elsewhere.js';
import { waitingForOrders } from '../../copy/losses/not-kept.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import { appendLimit } from '../../copy/prepare/append-limit.js';
import { destinationStatus } from '../../copy/prepare/destination-status.js';
import { takeLateArrivals } from '../../copy/prepare/late-arrivals.js';
import { waitForLateStores } from '../../copy/prepare/late-stores.js';
import { bringBackByDate } from '../../copy/prepare/left-out-by-date.js';
import { bringBackDeleted } from '../../copy/prepare/left-out-deleted.js';
import { ofSiblings } from '../../copy/prepare/of-siblings.js';
import type { Preparation } from '../../copy/prepare/preparation.js';
import { prepareFolder } from '../../copy/prepare/prepare-folder.js';
import { copyFolder, type Haste } from '../../copy/transfer/copy-folder.js';
import { confirmVanished } from '../../copy/verify/confirm-vanished.js';
import { finishFolder } from '../../copy/verify/finish-folder.js';
import { followSkips } from '../../decisions/follow-skips.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import { Refused } from '../../imap/session/refused.js';
import { folderEnd, takenOf } from './folder-end.js';
import { noteFolder, noteOpened, recallSizes } from './folder-notes.js';
import { knownFolder, type Planned } from './folder-plan.js';
import { folderProgress } from './folder-progress.js';
import { LookBack } from './look-back.js';
import { carefulIn, type PassParts } from './pass-parts.js';
import type { PassState } from './pass-state.js';
import { putsOff } from './put-off.js';
import { enterRefusal } from './refused-folder.js';
import type { FolderTally } from './tally.js';

/** Works on one folder after the other: lists and matches it, copies it, reads it back, writes it down. */
export class FolderWork {
  readonly #finishing = new Set<Promise<void>>();
  /** Folders in which a run was broken off, as they stand once nothing more is stored by that run. */
  #lateStores: Promise<ReadonlyMap<string, FolderStatus>> = Promise.resolve(new Map());
  readonly lookBack: LookBack;
  /** Resolves when the disk says that something may be under way. */
  #noted: Promise<void> | null = null;
  #failure: unknown = null;

  constructor(
    private readonly parts: PassParts,
    private readonly state: PassState,
  ) {
    this.lookBack = new LookBack(parts);
  }

  /** The first failure that concerns more than its folder; null: none yet. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Ends the pass as soon as what is under way allows. */
  fails(error: unknown): void {
    this.#failure ??= error;
  }

  /** Folders that are still being answered or read back. */
  get unfinished(): number {
    return this.#finishing.size;
  }

  /** Waits, before anything is sent, until the destination has stored what a broken-off run had under way. */
  awaitLateStores(planned: readonly Planned[]): void {
    this.#lateStores = this.#waitForLateStores(planned);
    this.#lateStores.catch(() => {});
  }

  async #waitForLateStores(planned: readonly Planned[]): Promise<ReadonlyMap<string, FolderStatus>> {
    const { record, context, memory } = this.parts;
    const { flight } = record.data;
    if (flight === null) return new Map();
    const brokenOff = await inParallel(planned, 16, async ({ pair, made }) => {
      const folders = { source: pair.source.name, destination: pair.destination.name };
      // An unreadable ledger is reported when its folder's turn comes.
      const ledger = await record.ledger(folders).catch(() => null);
      const home = ledger?.writing ? await made : undefined;
      return home ? [home.destination] : [];
    });
    const { isFlightHeld } = memory.inquiry.sent;
    const expected = isFlightHeld && flight !== 'unknown' ? { ...flight, bytes: 0, largest: 0 } : flight;
    return waitForLateStores(context, brokenOff.flat(), expected);
  }

  async #settledStatus({ made }: Planned, as: 'it stood' | 'it stands'): Promise<FolderStatus | undefined> {
    const home = await made;
    if (!home) return undefined;
    const { wire } = home.destination;
    const still = await this.#lateStores;
    return as === 'it stands'
      ? destinationStatus(this.parts.context.connections, wire)
      : (still.get(wire) ?? home.status);
  }

  /** Notes on disk, before the first byte is sent, that something is under way: after a crash the next run waits. */
  #noteFlight(): Promise<void> {
    const { checkpoints, open } = this.parts;
    const { lane } = open.connections.destination;
    this.#noted ??= this.#lateStores.then(() => {
      checkpoints.follow(() => lane.note());
      lane.notedBy(() => checkpoints.write());
      return checkpoints.write();
    });
    return this.#noted;
  }

  /** Prepares a folder; null: it cannot be opened or made. That is entered, and the other folders go on. */
  async prepare(planned: Planned, haste: Haste = 'streaming'): Promise<FolderJob | null> {
    const { record, context, memory, open, orders, onProgress } = this.parts;
    const { tally } = planned;
    let noted: MailboxFolder | null = null;
    const changed = (how: 'stored' | 'other') => {
      // Checkpoints write the counts. After a kill nothing else tells how many bytes were copied.
      if (noted) noted.counts = tally.counts;
      onProgress(tally.source, how);
    };
    try {
      const pair = await this.#pairAsKept(planned);
      const folders = { source: pair.source.name, destination: pair.destination.name };
      const ledger = await record.ledger(folders);
      await this.lookBack.into(pair, tally, () => this.#settledStatus(planned, 'it stood'));
      const decided = orders.begin(folders.source, ledger.identity.source.uidValidity);
      // A message may be skipped while it is on its way, and refused then. It is left out from now on.
      for (const { uids } of decided.skips) record.errors.skip(folders.source, uids);
      bringBackDeleted(ledger, context.sending.deleted);
      bringBackByDate(ledger, context.sending);
      followSkips(ledger, decided.skips, record.errors.failed(folders.source));
      memory.failed.get(folders.source)?.deleteAll(decided.fresh);
      const suspects = memory.inquiry.suspectsIn(pair.source.wire);
      const waits = waitingForOrders(record.errors.entries, folders.source).minus(decided.again);
      const failed = (memory.failed.get(folders.source) ?? new UidSet()).union(decided.rest).union(waits);
      const sentUnanswered = haste === 'alone' ? memory.inquiry.sentUnanswered(pair.source.wire) : new UidSet();
      const preparation: Preparation = {
        ...{ pair, ledger },
        made: this.#settledStatus(planned, sentUnanswered.isEmpty ? 'it stood' : 'it stands'),
        notOurs: pair.shared ? await ofSiblings(record, pair, this.state.pairs) : new UidSet(),
        appendLimit: (status) =>
          appendLimit(open.connections.destination.session.capabilities, status, open.listings.destination.known),
        elsewhere: this.state.labels?.elsewhere(pair, ledger) ?? NOTHING_ELSEWHERE,
        suspects,
        careful: carefulIn(memory, folders.source),
        notAgain: haste === 'streaming' ? failed.union(suspects.uids) : failed,
        mayBeThere: mayBeThereIn(record.errors.entries, folders.source),
        lastShown: lastShownIn(record.errors.entries, folders.source),
        sentUnanswered,
        treatments: decided.treatments,
        progress: {
          opened: (uidValidity) => this.#forgetOtherUidValidities(pair, uidValidity),
          ...folderProgress({ tally, ledger, errors: record.errors, failed: memory.failed, changed }),
        },
      };
      const job = await prepareFolder(context, preparation);
      recallSizes(context, record, tally);
      // There is no folder at the destination, and the failure to make it is entered.
      if (!job) this.state.accounted.add(pair.source.name);
      if (job) noted = noteOpened(record, tally, job.opened.uidValidity);
      memory.inquiry.opens();
      return job;
    } catch (error) {
      const none = await this.#enterOrThrow(error, planned.pair);
      // Only the number of messages is known: they are there, and not copied.
      tally.total = Math.max(tally.total, open.listings.source.statuses.get(planned.pair.source.wire)?.messages ?? 0);
      changed('other');
      return none;
    }
  }

  /** The pair under the name that the destination keeps. A folder that need not be made has that name already. */
  async #pairAsKept({ pair, tally, made }: Planned): Promise<FolderPair> {
    const home = pair.create.length > 0 ? await made : undefined;
    if (!home || home.destination.wire === pair.destination.wire) return pair;
    const housed = { ...pair, destination: home.destination };
    tally.destination = home.destination.name;
    this.state.pairs = this.state.pairs.map((other) => (other === pair ? housed : other));
    return housed;
  }

  /** Forgets failures under another UIDVALIDITY: their UIDs name no messages any more. */
  #forgetOtherUidValidities(pair: FolderPair, uidValidity: string): void {
    const { record, memory } = this.parts;
    const { name } = pair.source;
    const before = knownFolder(this.parts.record.data.folders, pair)?.uidValidity ?? null;
    if (before === null || before === uidValidity) return;
    memory.failed.delete(name);
    memory.inquiry.suspectsIn(pair.source.wire).forget();
    memory.careful.delete(name);
    record.errors.close((entry) => entry.folder === name && !isNote(entry.verdict) && !isOfNoMessage(entry));
  }

  async copy(prepared: FolderJob, { pair, tally }: Planned, haste: Haste = 'streaming'): Promise<void> {
    let job: FolderJob;
    try {
      job = await takeLateArrivals(this.parts.context, prepared);
    } catch (error) {
      await this.#enterOrThrow(error, pair);
      return;
    }
    if (job.todo.length > 0) await this.#noteFlight();
    const { checkpoints, onState, orders, record, memory } = this.parts;
    const { name } = pair.source;
    checkpoints.watch(job.ledger);
    if (job.todo.length > 0) onState('copying', name);
    if (this.state.labels?.copiesTwins) job = await copyTwins(this.parts.context, job, this.#twins(pair));
    const { done } = await copyFolder(this.parts.context, job, haste);
    let answered = false;
    const finished: Promise<void> = done
      .then(() => this.#finish(job, tally))
      .then(() => {
        answered = true;
      })
      .catch(async (error: unknown) => {
        await this.#enterOrThrow(error, pair);
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

  /** Finds where messages of a folder stand at the destination already, in the folders of their other labels. */
  #twins(pair: FolderPair): (uid: number) => Twin | null {
    const { labels, answered } = this.state;
    const answeredBy = (source: string) => answered.get(source)?.pair ?? null;
    return (uid) => labels?.twinOf(pair, uid, answeredBy) ?? null;
  }

  /** Closes the errors of messages that were taken now, and the skips that came too late for them. */
  #closeErrors({ pair, ledger }: FolderJob, tally: FolderTally): void {
    const { errors } = this.parts.record;
    const { name } = pair.source;
    if (!errors.skippedIn(name).isEmpty) tally.skipped -= errors.unskip(name, takenOf(ledger)).size;
    if (!errors.failed(name).isEmpty) errors.clear(name, ledger.settledSources());
  }

  /** Reads the folder back once everything is answered, and puts it on disk. */
  async #finish(job: FolderJob, tally: FolderTally): Promise<void> {
    const { context, onState, record, checkpoints } = this.parts;
    await confirmVanished(context, job);
    this.state.answered.set(job.pair.source.name, job);
    this.state.accounted.add(job.pair.source.name);
    await finishFolder(context, job, {
      onVerifying: () => onState('verifying', tally.source),
      saveFindings: () => checkpoints.write(),
    });
    this.#closeErrors(job, tally);
    if (job.todo.length > 0) context.log('info', tally.source, folderEnd(tally.counts));
    const unread = context.connections.destination.read.readings.leftOut(job.pair.destination.wire);
    const told = this.parts.open.listings.source.statuses.get(job.pair.source.wire);
    noteFolder(record, tally, job, context.sending, unread.isEmpty ? job.shown : 'in part', told);
  }

  /** Enters a failure that concerns one folder, or puts it off. Any other failure ends the pass. */
  async #enterOrThrow(error: unknown, pair: FolderPair): Promise<null> {
    this.state.accounted.add(pair.source.name);
    // After a refused APPEND these connections write nothing more. The next attempt tries the messages apart.
    if (error instanceof Refused && error.command === 'APPEND') throw error;
    if (error instanceof Refused && (await putsOff(this.parts, this.state, error, pair))) return null;
    if (enterRefusal(this.parts.context, error, pair.source.name)) return null;
    throw error;
  }

  async finished(most: number): Promise<void> {
    while (this.#finishing.size > most) await Promise.race(this.#finishing);
  }
}
