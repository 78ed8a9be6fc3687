import { isDeepStrictEqual } from 'node:util';
import type { Secret } from '../../../engine/imap/session/credentials.js';
import { showEndpoint } from '../../../protocol/show-endpoint.js';
import type { Batch, PlanRow } from '../../../store/batch/batch.js';
import { type Endpoints, endpointKey, endpointOf, OWN } from '../../../store/batch/endpoints.js';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import { plural } from '../../../words/units.js';
import { keyOfServer, type NamedServer } from './locate-rows.js';
import type { Plan } from './plan.js';

/** A mailbox whose row of the plan is read again. */
export interface Corrected {
  /** With the users that the plan names now. */
  readonly row: PlanRow;
  /** Something of it is another: a user, the root of its folders, its own options or its wave. */
  readonly change: 'users' | 'options' | 'none';
  readonly passwords: Readonly<Partial<Record<Side, Secret>>>;
}

/**
 * Rows of a plan that was corrected, for some mailboxes of its batch. A mailbox is known by its EmailAddress.
 *
 * @param wanted   ids of the mailboxes that are read again
 * @param copied  messages of a mailbox that are at the destination already
 * @throws BadInput  where the plan has no such row, or names another server for it, or another destination for a mailbox
 *                   with messages there
 */
export function correctedRows(
  batch: Endpoints & Pick<Batch, 'mailboxes'>,
  wanted: ReadonlySet<string>,
  copied: (id: string) => number,
  plan: Plan,
): readonly Corrected[] {
  const byEmail = new Map(plan.rows.map((row) => [row.email.toLowerCase(), row]));
  const { mailboxes: all } = batch;
  const taken = new Map(all.map(({ id, destinationUser }) => [destinationUser.toLowerCase(), id]));
  return all
    .filter(({ id }) => wanted.has(id))
    .map((row) => {
      const read = byEmail.get(row.email.toLowerCase());
      if (!read) throw new BadInput(`${plan.file} has no row for ${row.email} (column EmailAddress)`);
      const { sourceUser, destinationUser, userRoot, own, wave } = read;
      const where = `${plan.file}, row ${read.row} (${row.email})`;
      refuseOtherServer(batch, row, plan.servers.get(read.id) ?? null, where);
      if (destinationUser !== row.destinationUser) {
        const there = copied(row.id);
        if (there > 0)
          throw new BadInput(
            `${where}: the destination user is another one now, and ${plural(there, 'message')} went to the first: move it in a batch of its own`,
          );
        const other = taken.get(destinationUser.toLowerCase());
        if (other !== undefined && other !== row.id)
          throw new BadInput(`${where}: another mailbox of the batch has this destination user`);
      }
      const corrected = { ...row, sourceUser, destinationUser, userRoot, own, wave };
      return { row: corrected, change: changeOf(row, corrected), passwords: plan.passwords.get(read.id) ?? {} };
    });
}

function changeOf(before: PlanRow, now: PlanRow): Corrected['change'] {
  const users = ({ sourceUser, destinationUser, userRoot }: PlanRow) => [sourceUser, destinationUser, userRoot];
  if (!isDeepStrictEqual(users(before), users(now))) return 'users';
  return isDeepStrictEqual(before, now) ? 'none' : 'options';
}

/** A batch keeps the servers that it was made with: its counts, limits and certificates are theirs. @throws BadInput */
function refuseOtherServer(
  batch: Endpoints,
  row: PlanRow,
  named: Readonly<Record<Side, NamedServer | null>> | null,
  where: string,
): void {
  for (const side of SIDES) {
    const own = batch[side];
    const imapMeans = own.security === 'plaintext' ? 'plaintext' : 'starttls';
    const key = keyOfServer(named?.[side] ?? null, side, own, imapMeans);
    if ((key ?? OWN) === endpointKey(side, row)) continue;
    const [now, before] = [key ?? showEndpoint(own), showEndpoint(endpointOf(batch, side, row))];
    throw new BadInput(
      `${where}: its ${side} is ${now} now, and the batch has it at ${before}: a row keeps its servers; give this mailbox up here (nightferry give-up) and move it in a batch of its own`,
    );
  }
}
