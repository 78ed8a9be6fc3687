import { UidSet } from '../../store/uid-set.js';
import { createFolder, subscribeFolder } from '../imap/folders.js';
import { Refused } from '../imap/refused.js';
import type { Session } from '../imap/session.js';
import type { FolderStatus } from '../imap/status.js';
import type { Listing } from '../listing/listing.js';
import { completed, destinationStatus } from './destination-status.js';
import type { FolderPair } from './folder-map.js';
import type { CopyContext } from './job.js';

/** STATUS of each folder as soon as it is known, by wire name; undefined where it cannot be had. */
export type Making = ReadonlyMap<string, Promise<FolderStatus | undefined>>;

/**
 * Makes what is missing at the destination, in one flight of commands: CREATE (with the special use
 * where the server takes one), SUBSCRIBE, STATUS. A name that is refused is entered with its
 * folder, and the others go on.
 */
export function makeFolders(context: CopyContext, destination: Listing, pairs: readonly FolderPair[]): Making {
  const maker = new FolderMaker(context, destination);
  const making = new Map<string, Promise<FolderStatus | undefined>>();
  for (const pair of pairs) {
    // A parent without mail of its own comes with its children, and stays without (RFC 9051 section 6.3.4).
    const comesAlong =
      !pair.selectable && pairs.some((other) => other !== pair && other.create.includes(pair.destination.wire));
    if (comesAlong) continue;
    const made = maker.make(pair);
    made.catch(() => {});
    const before = making.get(pair.destination.wire);
    const both = before ? Promise.all([before, made]).then(([a, b]) => a ?? b) : made;
    // It is listened to when its turn comes; the line may drop before.
    both.catch(() => {});
    making.set(pair.destination.wire, both);
  }
  return making;
}

class FolderMaker {
  readonly #asked = new Map<string, Promise<string | null>>();

  constructor(
    private readonly context: CopyContext,
    private readonly destination: Listing,
  ) {}

  async make(pair: FolderPair): Promise<FolderStatus | undefined> {
    const { session } = this.context.lines.destination;
    const { wire } = pair.destination;
    const creation = pair.create.length > 0 ? this.#create(wire, pair.use) : null;
    const subscription = pair.subscribe ? subscribeFolder(session, wire) : null;
    const listed = this.destination.statuses.get(wire);
    const asked = pair.selectable && (!listed || creation !== null) ? statusOr(this.context, wire) : null;
    // Together: the line may drop under all of them, and none may be left without a listener then.
    const answers = await Promise.all([creation, asked, subscription]);
    let refusal = answers[0];
    let found = answers[1] ?? (listed && (await refusedOr(completed(this.context.lines, wire, listed))));
    if (refusal !== null && pair.create.length > 1) {
      // Some servers do not make parents by themselves.
      for (const parent of pair.create.slice(0, -1)) await this.#create(parent, null);
      refusal = await refusalOf(session, wire, pair.use);
      if (pair.selectable) found = await statusOr(this.context, wire);
    }
    await this.#subscribed(pair, answers[2]?.line ?? null, found);
    if (found instanceof Refused || (refusal !== null && !pair.selectable)) {
      // CREATE's own refusal says more than the STATUS that failed for it.
      const line = refusal ?? (found instanceof Refused ? found.line : '');
      this.#enter(pair, refusal === null ? 'STATUS' : 'CREATE', line);
      return undefined;
    }
    return found;
  }

  #create(wire: string, use: string | null): Promise<string | null> {
    const before = this.#asked.get(wire);
    if (before) return before;
    const answer = refusalOf(this.context.lines.destination.session, wire, use);
    this.#asked.set(wire, answer);
    return answer;
  }

  async #subscribed(pair: FolderPair, line: string | null, found: FolderStatus | Refused | undefined): Promise<void> {
    if (line === null || /^OK\b/i.test(line) || found instanceof Refused) return;
    const again = await subscribeFolder(this.context.lines.destination.session, pair.destination.wire);
    if (again.status !== 'OK')
      this.context.log('warn', pair.destination.name, `the destination did not subscribe it: ${again.line}`);
  }

  #enter(pair: FolderPair, command: string, line: string): void {
    const verdict = this.context.judge('destination', line, command);
    if (verdict.next === 'ignore' && !pair.selectable) return;
    // Throttled, in maintenance, out of connections: no word about this folder. The mailbox rests and comes again.
    const passing = verdict.kind === 'throttled' || verdict.kind === 'transient' || verdict.kind === 'mailbox-state';
    if (passing && (verdict.scope === 'mailbox' || verdict.scope === 'endpoint')) {
      throw new Refused('destination', command, line, pair.destination.name);
    }
    this.context.fail({
      side: 'destination',
      command,
      folder: pair.source.name,
      uids: new UidSet(),
      response: line,
      // Nothing is tried again for it in this pass, and it is no note: its mail is not there.
      verdict: { ...verdict, next: 'skip-folder' },
    });
  }
}

/** CREATE, once more without the special use where that is what it does not like (RFC 6154, USEATTR). */
async function refusalOf(session: Session, wire: string, use: string | null): Promise<string | null> {
  const first = await createFolder(session, wire, use);
  if (first.status === 'OK') return null;
  if (use === null) return first.line;
  const plain = await createFolder(session, wire, null);
  return plain.status === 'OK' ? null : plain.line;
}

const statusOr = ({ lines }: CopyContext, wire: string) => refusedOr(destinationStatus(lines, wire));

async function refusedOr(status: Promise<FolderStatus>): Promise<FolderStatus | Refused> {
  try {
    return await status;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}
