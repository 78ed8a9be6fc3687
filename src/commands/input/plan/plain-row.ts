import type { PlanRow } from '../../../store/batch/batch.js';

/** The row of a mailbox that stands in no plan. @param user  on both sides */
export function plainRow(user: string): PlanRow {
  return {
    ...{ id: user, email: user, sourceUser: user, destinationUser: user },
    ...{ userRoot: null, own: null, at: null, wave: null, row: 0 },
  };
}
