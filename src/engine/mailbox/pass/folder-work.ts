import { inParallel } from '../../../store/documents/in-parallel.js';
import { isNote, isOfNoMessage } from '../../../store/errors/error-entry.js';
import type { MailboxFolder } from '../../../store/mailbox/mailbox-document.js';
import { UidSet } from '../../../store/uid/uid-set.js';
import { mayBeThereIn } from '../../account/ending-of-mailbox.js';
import type { FolderJob } from '../../copy/job.js';
import { copyTwins, type Twin } from '../../copy/labels/copy-twins.js';
import { NOTHING_ELSEWHERE } from '../../copy/labels/elsewhere.js';
import { waitingForOrders } from '../../copy/losses/not-kept.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import { appendLimit } from '../../copy/prepare/append-limit.js';
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
import type { FolderStatus } from '../../imap/commands/status.js';
import { Refused } from '../../imap/session/refused.js';
import { mayBeOfOne } from '../../isolate/may-be-of-one.js';
import { followSkips } from '../../triage/follow-skips.js';
import { folderEnd, takenOf } from './folder-end.js';
import { noteFolder, noteOpened, recallSizes } from './folder-notes.js';
import { knownFolder, type Planned } from './folder-plan.js';
import { folderProgress } from './folder-progress.js';
import { LookBack } from './look-back.js';
import type { PassLabels } from './pass-labels.js';
import type { PassParts } from './pass-parts.js';
import { enterRefusal } from './refused-folder.js';
import type { FolderTally } from './tally.js';

/** Shared by the folders of one pass. */
export interface PassState {
  pairs: readonly FolderPair[];
  /** Where folders are labels; null: they are places. */
  labels: PassLabels | null;
  /** Folders whose messages were all answered, by source folder. */
  readonly answered: Map<string, FolderJob>;
  /** Source folders that were looked into, entered as refused, or left alone because nothing is to be done. */
  readonly accounted: Set<string>;
  /** They may break connections: their turn comes when all else is done. */
  readonly putOff: Set<FolderPair>;
}

/** The work on one folder after the other: listed and matched, copied, read back, written down. */
export class FolderWork {
  readonly #finishing = new Set<Promise<void>>();
  /** Folders in which a run was broken off, as they stand when nothing of it is stored any more. */
  #still: Promise<ReadonlyMap<string, FolderStatus>> = Promise.resolve(new Map());
  readonly lookBack: LookBack;
  /** On disk: something may be under way from now on. */
  #announced: Promise<void> | null = null;
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

  /** Looks whether a run that was broken off is still stored in some of these folders, before anything is sent into them. */
  awaitLateStores(planned: readonly Planned[]): void {
    this.#still = this.#waitForLateStores(planned);
    this.#still.catch(() => {});
  }

  async #waitForLateStores(planned: readonly Planned[]): Promise<ReadonlyMap<string, FolderStatus>> {
    const { record, context } = this.parts;
    const { flight } = record.data;
    if (flight === null) return new Map();
    const brokenOff = await inParallel(planned, 16, async ({ pair, made }) => {
      const folders = { source: pair.source.name, destination: pair.destination.name };
      // An unreadable ledger is reported when its folder's turn comes.
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

  /** Null where the folder cannot be opened or made: that is entered, and the others go on. */
  async prepare(planned: Planned, haste: Haste = 'streaming'): Promise<FolderJob | null> {
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
      await this.lookBack.into(pair, tally, () => this.#settledStatus(planned));
      const decided = orders.begin(folders.source, ledger.identity.source.uidValidity);
      // Decided while it was on its way, and refused then: it is left out from now on.
      for (const { uids } of decided.skips) record.errors.skip(folders.source, uids);
      bringBackDeleted(ledger, context.sending.deleted);
      bringBackByDate(ledger, context.sending);
      followSkips(ledger, decided.skips, record.errors.failed(folders.source));
      memory.failed.get(folders.source)?.deleteAll(decided.fresh);
      const suspects = memory.inquiry.suspectsIn(pair.source.wire);
      const waits = waitingForOrders(record.errors.entries, folders.source).minus(decided.again);
      const failed = (memory.failed.get(folders.source) ?? new UidSet()).union(decided.rest).union(waits);
      const waiting = haste === 'streaming' ? failed.union(suspects.uids) : failed;
      const preparation: Preparation = {
        pair,
        ledger,
        made: this.#settledStatus(planned),
        notOurs: pair.shared ? await ofSiblings(record, pair, this.state.pairs) : new UidSet(),
        appendLimit: (status) =>
          appendLimit(open.lines.destination.session.capabilities, status, open.listings.destination.known),
        elsewhere: this.state.labels?.elsewhere(pair, ledger) ?? NOTHING_ELSEWHERE,
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
      recallSizes(context, record, tally);
      // Its destination cannot be had: the failure to make it is entered.
      if (!job) this.state.accounted.add(pair.source.name);
      if (job) noted = noteOpened(record, tally, job.opened.uidValidity);
      memory.inquiry.opens();
      return job;
    } catch (error) {
      const none = this.#orFolder(error, planned.pair);
      // Nothing is known of its messages but that they are there, and not copied.
      tally.total = Math.max(tally.total, open.listings.source.statuses.get(planned.pair.source.wire)?.messages ?? 0);
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
    this.state.pairs = this.state.pairs.map((other) => (other === pair ? housed : other));
    return housed;
  }

  /** Forgets failures under another UIDVALIDITY: nobody can name those messages any more. */
  #forgetOthers(pair: FolderPair, uidValidity: string): void {
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
      this.#orFolder(error, pair);
      return;
    }
    if (job.todo.length > 0) await this.#announce();
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

  /** Where messages of a folder stand at the destination already, in the folders of their other labels. */
  #twins(pair: FolderPair): (uid: number) => Twin | null {
    const { labels, answered } = this.state;
    const answeredBy = (source: string) => answered.get(source)?.pair ?? null;
    return (uid) => labels?.twinOf(pair, uid, answeredBy) ?? null;
  }

  /** Closes errors of messages that were taken now, and skips that came too late for them. */
  #closeErrors({ pair, ledger }: FolderJob, tally: FolderTally): void {
    const { errors } = this.parts.record;
    const { name } = pair.source;
    if (!errors.skippedIn(name).isEmpty) tally.skipped -= errors.unskip(name, takenOf(ledger)).size;
    if (!errors.failed(name).isEmpty) errors.clear(name, ledger.settledSources());
  }

  /** Everything is answered: read it back, and put it on disk. */
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
    if (job.todo.length > 0) {
      context.log('info', tally.source, folderEnd(tally.counts));
    }
    const unread = context.lines.destination.read.readings.leftOut(job.pair.destination.wire);
    const told = this.parts.open.listings.source.statuses.get(job.pair.source.wire);
    noteFolder(record, tally, job, context.sending, unread.isEmpty ? 'whole' : 'in part', told);
  }

  /** A failure that concerns one folder is entered; anything else ends the pass. */
  #orFolder(error: unknown, pair: FolderPair): null {
    const { context, memory } = this.parts;
    this.state.accounted.add(pair.source.name);
    // After a refused APPEND nothing more is written on these connections: the messages are tried apart in the next attempt.
    if (error instanceof Refused && error.command === 'APPEND') throw error;
    if (error instanceof Refused) {
      const verdict = context.judge(error.side, error.line, error.command);
      const wire = pair[error.side].wire;
      if (mayBeOfOne(verdict) && memory.inquiry.notOpened(wire, error).kind !== 'nothing') {
        this.state.putOff.add(pair);
        context.log('warn', pair.source.name, `${error.message}: this folder is tried last, by itself`);
        return null;
      }
    }
    if (enterRefusal(context, error, pair.source.name)) return null;
    throw error;
  }

  async finished(most: number): Promise<void> {
    while (this.#finishing.size > most) await Promise.race(this.#finishing);
  }
}

function setIn(sets: Map<string, UidSet>, folder: string): UidSet {
  const set = sets.get(folder) ?? new UidSet();
  sets.set(folder, set);
  return set;
}
