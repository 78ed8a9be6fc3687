import type { Secret } from '../../../engine/imap/session/credentials.js';
import type { PlanRow } from '../../../store/batch/batch.js';
import type { Side } from '../../../words/side.js';
import type { Plan } from './plan.js';

/**
 * A plan read again at resume gives passwords and nothing else. Its rows may stand in another order or
 * be more or fewer by now; a mailbox is the same where address and both users are. What is not found
 * has no password of its own.
 */
export function passwordsAgain(rows: readonly PlanRow[], plan: Plan): Plan {
  const bySelf = new Map(plan.rows.map((row) => [identity(row), row.id]));
  const passwords = new Map<string, Readonly<Partial<Record<Side, Secret>>>>();
  for (const row of rows) {
    const own = plan.passwords.get(bySelf.get(identity(row)) ?? '');
    if (own) passwords.set(row.id, own);
  }
  return { ...plan, rows, passwords };
}

function identity(row: PlanRow): string {
  return JSON.stringify([row.email.toLowerCase(), row.sourceUser, row.destinationUser, row.userRoot]);
}
