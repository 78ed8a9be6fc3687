import { UidSet } from '../../../store/uid/uid-set.js';
import type { Verdict } from '../../../words/verdict.js';
import type { FolderStatus } from '../../imap/commands/status.js';
import { ConnectionLost } from '../../imap/connection/connection-lost.js';
import type { ListedFolder } from '../../imap/grammar/layout.js';
import { Refused, refusedOr } from '../../imap/session/refused.js';
import type { Listing } from '../../listing/listing.js';
import type { SideTrials } from '../../listing/trials.js';
import type { CopyContext } from '../job.js';
import { type CameBack, cameBackAs, isPlainName } from '../map/folder-likeness.js';
import type { FolderPair } from '../map/folder-pair.js';
import { destinationStatus } from '../prepare/destination-status.js';
import { type Attempt, CreateAttempts } from './create-attempts.js';
import type { LateMaking } from './late-making.js';
import { lookAtNames } from './look-at-names.js';
import {
  adviceBelowMail,
  adviceOnName,
  liesBelowMail,
  liesBelowNoInferiors,
  mayBeTheName,
  type RefusedFor,
  type Refusing,
  readAsName,
  refusedFor,
} from './refused-names.js';

/** The folder into which the mail of a source folder goes, once that is certain. */
export interface Home {
  readonly status: FolderStatus;
  /** The name as the destination keeps it; most often the one that was asked for. */
  readonly destination: FolderPair['destination'];
}

/** The home of each folder as soon as it is known, by the wire name that was asked for; undefined where it has none. */
export type Making = ReadonlyMap<string, Promise<Home | undefined>>;

/** Names that break connections, at the destination. */
export type MakingTrials = Pick<SideTrials, 'create' | 'subscribe'>;

/**
 * Makes what is missing at the destination, in one flight of commands: CREATE (with the special use
 * where the server takes one), SUBSCRIBE, STATUS. A name that is refused is entered with its
 * folder, and the others go on. Names that servers are known to change are looked at once they are made. A name under
 * which the connection was lost is made alone, when its turn comes.
 */
export function makeFolders(
  context: CopyContext,
  destination: Listing,
  pairs: readonly FolderPair[],
  trials: MakingTrials,
  late: LateMaking,
): Making {
  const maker = new FolderMaker(context, destination, pairs, trials);
  const due = pairs.filter((pair) => !comesAlong(pair, pairs));
  const making = new Map<string, Promise<Home | undefined>>();
  for (const [pair, made] of maker.makeAll(due, late)) {
    const before = making.get(pair.destination.wire);
    const both = before ? Promise.all([before, made]).then(([a, b]) => a ?? b) : made;
    // Somebody listens to it when its turn comes, and the connection may drop before.
    both.catch(() => {});
    making.set(pair.destination.wire, both);
  }
  return making;
}

/** A parent without mail of its own comes with its children, and stays without (RFC 9051 section 6.3.4). */
function comesAlong(pair: FolderPair, pairs: readonly FolderPair[]): boolean {
  return !pair.selectable && pairs.some((other) => other !== pair && other.create.includes(pair.destination.wire));
}

class FolderMaker {
  readonly #attempts: CreateAttempts;
  readonly #begun = new Map<FolderPair, Promise<Attempt>>();
  readonly #convicted = new Map<FolderPair, string>();
  readonly #before: ReadonlySet<string>;
  #everything: Promise<unknown> = Promise.resolve();
  #createdBeforeLook = 0;
  #look: Promise<readonly ListedFolder[] | null> | null = null;

  constructor(
    private readonly context: CopyContext,
    private readonly destination: Listing,
    private readonly pairs: readonly FolderPair[],
    private readonly trials: MakingTrials,
  ) {
    this.#attempts = new CreateAttempts(context, destination, trials.subscribe);
    this.#before = new Set(destination.folders.map(({ wire }) => wire));
  }

  #begin(pair: FolderPair, patience?: number): Promise<Attempt> {
    const begun = this.#begun.get(pair) ?? this.#attempts.begin(pair, patience);
    this.#begun.set(pair, begun);
    return begun;
  }

  async #beginLate(pair: FolderPair, turn: Promise<'made' | 'left'>): Promise<Attempt | undefined> {
    if ((await turn) === 'left') return undefined;
    const tried = await this.trials.create.alone(pair.destination.wire, (_, patience) => this.#begin(pair, patience));
    if (tried.kind === 'answered') return tried.answer;
    this.#convicted.set(pair, tried.lastWords);
    return { found: undefined, refusal: tried.lastWords };
  }

  /** Begins every pair that has not begun, and concludes each as soon as it can be. */
  makeAll(due: readonly FolderPair[], late: LateMaking): readonly (readonly [FolderPair, Promise<Home | undefined>])[] {
    const { create } = this.trials;
    const answered = new Set<FolderPair>();
    const isLate = ({ destination }: FolderPair) => create.isSuspect(destination.wire);
    const atOnce = due.filter((pair) => !isLate(pair));
    const attempts = atOnce.map((pair) => {
      const attempt = this.#begin(pair);
      attempt.then(
        () => answered.add(pair),
        () => {},
      );
      return [pair, attempt] as const;
    });
    const last = due.filter(isLate).map((pair) => [pair, this.#beginLate(pair, late.turnOf(pair))] as const);
    const begun: readonly (readonly [FolderPair, Promise<Attempt | undefined>])[] = [...attempts, ...last];
    this.#everything = Promise.all(attempts.map(([, attempt]) => attempt)).catch((error: unknown) => {
      const open = atOnce.filter((pair) => pair.create.length > 0 && !answered.has(pair));
      if (error instanceof ConnectionLost)
        create.suspect(
          open.map(({ destination }) => destination.wire),
          error,
        );
    });
    // The list is asked for behind everything that is made, and comes with the answers: nobody waits a round trip
    // longer.
    if (atOnce.some((pair) => this.#isAtRisk(pair))) this.#listed();
    return begun.map(([pair, attempt]) => [pair, attempt.then((made) => made && this.#conclude(pair, made))] as const);
  }

  #isAtRisk({ create, destination }: FolderPair): boolean {
    return create.length > 0 && !isPlainName(destination.name, this.destination.delimiter);
  }

  #listed(): Promise<readonly ListedFolder[] | null> {
    if (!this.#look) {
      this.#createdBeforeLook = this.#attempts.created;
      this.#look = lookAtNames(this.context);
    }
    this.#look.catch(() => {});
    return this.#look;
  }

  /** The list after everything was made. If something was made after it was asked for, it is asked for again. */
  async #listedAtLast(): Promise<readonly ListedFolder[]> {
    await this.#everything;
    if (this.#attempts.created !== this.#createdBeforeLook) this.#look = null;
    return (await this.#listed()) ?? this.destination.folders;
  }

  async #conclude(pair: FolderPair, { found, refusal }: Attempt): Promise<Home | undefined> {
    const { destination } = pair;
    if (!pair.selectable) return refusal === null ? undefined : this.#refused(pair, 'CREATE', refusal);
    const asked = found instanceof Refused ? undefined : found;
    // CREATE's own refusal says more than the STATUS that failed for it.
    if (!asked && refusal !== null) return this.#refused(pair, 'CREATE', refusal);
    if (!asked && pair.create.length === 0) return this.#refused(pair, 'STATUS', lineOf(found));
    if (asked && refusal === null && !this.#isAtRisk(pair)) return { status: asked, destination };
    const listed = await this.#listedAtLast();
    if (asked && listed.some(({ wire }) => wire === destination.wire)) return { status: asked, destination };
    const shown = cameBackAs(destination, listed, this.#before);
    const status = shown && (await refusedOr(destinationStatus(this.context.connections, shown.as.wire)));
    if (shown && status && !(status instanceof Refused)) return this.#renamed(pair, shown.as, status);
    if (!asked) return this.#refused(pair, 'STATUS', lineOf(found));
    if (shown) this.context.log('warn', destination.name, calledOtherwise(shown));
    return { status: asked, destination };
  }

  /** The mail goes where the folder is now, unless that is the place of another one that is not waited for. */
  async #renamed(pair: FolderPair, as: ListedFolder, status: FolderStatus): Promise<Home | undefined> {
    const { source, destination } = pair;
    const others = this.pairs.filter((other) => other !== pair && other.destination.wire === as.wire);
    if (others.length > 0 && !pair.shared)
      return this.#refused(pair, 'CREATE', `the destination renamed it to ${as.name}, which is another folder`);
    const into = others.map((other) => ` “${source.name}” and “${other.source.name}” go into one folder there.`);
    this.context.log(
      'warn',
      destination.name,
      `the destination renamed this folder: it was made as “${destination.name}” and is called “${as.name}”.${into.join('')}`,
    );
    if (pair.subscribe) await this.#attempts.subscribe(as.wire, as.name);
    return { status, destination: { wire: as.wire, name: as.name } };
  }

  async #refused(pair: FolderPair, command: string, line: string): Promise<undefined> {
    const { context } = this;
    const verdict = context.judge('destination', line, command);
    if (verdict.next === 'ignore' && !pair.selectable) return undefined;
    // Such a refusal says nothing about this folder. The mailbox rests and comes again.
    const passing = verdict.kind === 'throttled' || verdict.kind === 'transient' || verdict.kind === 'mailbox-state';
    if (passing && (verdict.scope === 'mailbox' || verdict.scope === 'endpoint') && !this.#convicted.has(pair)) {
      throw new Refused('destination', command, line, pair.destination.name);
    }
    if (pair.create.length === 0 || (verdict.code !== null && !mayBeTheName(verdict))) {
      this.#enter(pair.source.name, command, line, verdict);
      return undefined;
    }
    const refusing: Refusing = { layout: this.destination, listed: await this.#listedAtLast(), pairs: this.pairs };
    // Words alone may speak of rights where the place above takes no folders (GNU Mailutils on mbox).
    if (!mayBeTheName(verdict) && !liesBelowNoInferiors(pair, refusing)) {
      this.#enter(pair.source.name, command, line, verdict);
      return undefined;
    }
    // CREATE itself was taken: a STATUS that fails then says nothing of the name by its words.
    const why: RefusedFor = command === 'STATUS' ? { kind: 'hidden' } : refusedFor(pair, line, refusing);
    const below = why.kind === 'below mail' ? await this.#belowMail(refusing) : [];
    if (below.length === 0) {
      const advice = adviceOnName(pair, why, refusing);
      // Of a folder that was made and is not shown, most often a right is missing.
      const read = why.kind === 'hidden' ? { ...verdict, advice } : readAsName(verdict, advice);
      this.#enter(pair.source.name, command, line, read);
    } else if (below[0] === pair) {
      // The cause is one for the whole account, so it is one entry.
      const names = below.map(({ source }) => source.name).join(', ');
      const response = `${line} (below a folder that holds mail: ${names})`;
      this.#enter(null, command, response, readAsName(verdict, adviceBelowMail(below, refusing)));
    }
    return undefined;
  }

  /** Every pair that was refused below a folder with mail; empty where the destination made such a folder. */
  async #belowMail(refusing: Refusing): Promise<readonly FolderPair[]> {
    const attempts = await Promise.all([...this.#begun].map(async ([pair, begun]) => [pair, await begun] as const));
    const below = attempts.filter(([pair]) => pair.create.length > 0 && liesBelowMail(pair, refusing));
    const refused = below.filter(([, { refusal }]) => refusal !== null);
    return refused.length === below.length ? refused.map(([pair]) => pair) : [];
  }

  /**
   * Enters a folder as open. Nothing is tried for it again in this pass, and it is no note, because its mail is not
   * there.
   */
  #enter(folder: string | null, command: string, response: string, verdict: Verdict): void {
    this.context.fail({
      side: 'destination',
      command,
      folder,
      uids: new UidSet(),
      response,
      verdict: { ...verdict, next: 'skip-folder' },
    });
  }
}

const lineOf = (found: Attempt['found']) => (found instanceof Refused ? found.line : 'it was made, and is not there');

function calledOtherwise({ as, how }: CameBack): string {
  const letters =
    how === 'letters'
      ? ' The destination takes modified UTF-7 for letters, so names with accents will look like this.'
      : '';
  return `the destination lists this folder under another name: ${as.name}.${letters} Its mail is copied there`;
}
