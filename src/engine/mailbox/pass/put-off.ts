import type { Side } from '../../../words/side.js';
import type { FolderPair } from '../../copy/map/folder-pair.js';
import { mayBeOfFolder, mayBeOfOne } from '../../imap/apart/may-be-of-one.js';
import { isInbox } from '../../imap/grammar/layout.js';
import { Refused } from '../../imap/session/refused.js';
import { wireNames } from './folder-plan.js';
import type { PassParts } from './pass-parts.js';
import type { PassState } from './pass-state.js';

/** Other folders that are asked for. One of them may be refused for a reason of its own. */
const MOST_ASKED = 2;

/**
 * Puts a folder off that was refused in words that speak of more than this folder, where it may be to blame: it is tried
 * last, by itself.
 *
 * @returns whether it was put off
 * @throws ConnectionLost, UidValidityChanged
 */
export async function putsOff(
  parts: Pick<PassParts, 'context' | 'memory' | 'open'>,
  state: PassState,
  error: Refused,
  pair: FolderPair,
): Promise<boolean> {
  const { context, memory } = parts;
  const { side, line, command } = error;
  const verdict = context.judge(side, line, command);
  const isLimit = mayBeOfFolder(verdict, command) && (await isLimitOfFolder(parts, state, side, pair));
  if (!isLimit && !mayBeOfOne(verdict)) return false;
  if (memory.inquiry.notOpened(pair[side].wire, error, isLimit ? 'open' : 'not asked').kind === 'nothing') return false;
  state.putOff.add(pair);
  const why = isLimit ? ', and other folders open' : '';
  context.log('warn', pair.source.name, `${error.message}${why}: this folder is tried last, by itself`);
  return true;
}

/**
 * Whether a limit is of one folder: its side opens another one right after. A limit of the account refuses that one, too,
 * and is waited for. A folder that was put off is asked for once more behind the other one, since some servers refuse at
 * random.
 */
async function isLimitOfFolder(
  { context: { connections }, memory, open }: Pick<PassParts, 'context' | 'memory' | 'open'>,
  { pairs, putOff, answered }: PassState,
  side: Side,
  refused: FolderPair,
): Promise<boolean> {
  const desk = side === 'source' ? connections.source.scan : connections.destination.read;
  const opens = (wire: string) => desk.reopen(wire).then(() => true, refusedOnly);
  const isThere = ({ destination: { wire } }: FolderPair) =>
    side === 'source' || isInbox(wire) || open.listings.destination.statuses.has(wire);
  const rank = (pair: FolderPair) => (answered.has(pair.source.name) ? 0 : isInbox(pair[side].wire) ? 1 : 2);
  const { wire } = refused[side];
  const others = pairs
    .filter((pair) => pair.selectable && pair !== refused && !putOff.has(pair) && isThere(pair))
    .toSorted((one, other) => rank(one) - rank(other))
    .map((pair) => pair[side].wire)
    .filter((other) => other !== wire);
  for (const other of others.slice(0, MOST_ASKED))
    if (await opens(other)) return !memory.inquiry.isPutOff(wireNames(refused)) || !(await opens(wire));
  return false;
}

function refusedOnly(error: unknown): false {
  if (error instanceof Refused) return false;
  throw error;
}
