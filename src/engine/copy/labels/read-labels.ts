import type { BatchOptions, LabelPolicy } from '../../../store/batch/batch.js';
import { inParallel } from '../../../store/documents/in-parallel.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Desk } from '../../imap/commands/desk.js';
import { fetchMessageIds } from '../../imap/commands/message-ids.js';
import type { ListedFolder, SideLayout } from '../../imap/grammar/layout.js';
import { Refused } from '../../imap/session/refused.js';
import { isAllMail } from '../map/special-use.js';
import { LabelIndex } from './label-index.js';
import { labelPlaces } from './label-order.js';

/** Folders whose ids are asked for ahead on one connection. */
const AT_ONCE = 8;

export const policyOf = ({ labels }: Pick<BatchOptions, 'labels'>): LabelPolicy => labels ?? 'first-folder';

/** @throws BadInput  where labels were asked for and there are none */
export function refuseLabels({ labels }: Pick<BatchOptions, 'labels'>, { foldersAre }: SideLayout): void {
  if (labels === null || foldersAre === 'labels') return;
  throw new BadInput(
    `--labels ${labels}: the source has no labels (it does not announce X-GM-EXT-1); start the batch anew without --labels`,
  );
}

/** An index of these folders without a row. */
export function emptyIndex(folders: readonly ListedFolder[], policy: LabelPolicy): LabelIndex {
  const allMail = folders.findIndex(isAllMail);
  return new LabelIndex(labelPlaces(folders, policy), policy, allMail < 0 ? null : allMail);
}

/** A source folder after the ids of its messages were asked for. */
export interface ReadFolder {
  /** Null: it was not told, or the folder could not be opened. */
  readonly uidValidity: string | null;
  /** The refusal of the ids; null: they were told. */
  readonly refused: Refused | null;
}

/** Reads the ids of all messages of these folders into an index. @throws ConnectionLost, UidValidityChanged */
export function readLabels(desk: Desk, folders: readonly ListedFolder[], index: LabelIndex): Promise<ReadFolder[]> {
  return inParallel([...folders.entries()], AT_ONCE, async ([folder, { wire }]) => {
    const opening = desk.reopen(wire);
    const ids = fetchMessageIds(desk, wire, '1:*', ({ uid, id, size }) => {
      if (id !== null) index.add(folder, uid, id, size);
    });
    const [opened, read] = await Promise.allSettled([opening, ids]);
    for (const one of [opened, read])
      if (one.status === 'rejected' && !(one.reason instanceof Refused)) throw one.reason;
    // A folder that is refused is entered when its turn comes.
    if (opened.status === 'rejected') return { uidValidity: null, refused: null };
    const refused = read.status === 'rejected' && opened.value.messages !== 0 ? (read.reason as Refused) : null;
    return { uidValidity: opened.value.uidValidity, refused };
  });
}
