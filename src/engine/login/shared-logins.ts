import type { PlanRow } from '../../store/batch/batch.js';
import { PerEndpoint } from '../../store/batch/endpoints.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import { SIDES, type Side } from '../../words/side.js';
import type { Credentials } from '../imap/session/credentials.js';

/**
 * The logins of a look that serve many mailboxes, such as an admin's. One refusal is enough: tried again for each mailbox,
 * it would lock the admin out.
 */
export class SharedLogins {
  readonly #logins = new PerEndpoint(() => ({ isProven: false, isRefused: false }));

  constructor(private readonly credentials: Credentials) {}

  /** Sides on which the mailbox is reached by a shared login. */
  of(row: PlanRow): readonly Side[] {
    return SIDES.filter((side) => this.credentials.shared(side, row));
  }

  isProven(side: Side, row: PlanRow): boolean {
    return this.#logins.of(side, row).isProven;
  }

  /** The side on which a shared login of the mailbox was refused; null: there is none, and it may be tried. */
  refusedFor(row: PlanRow): Side | null {
    return this.of(row).find((side) => this.#logins.of(side, row).isRefused) ?? null;
  }

  letIn(row: PlanRow): void {
    for (const side of this.of(row)) this.#logins.of(side, row).isProven = true;
  }

  refuse(side: Side, row: PlanRow): void {
    this.#logins.of(side, row).isRefused = true;
  }

  /** The mailboxes with shared logins before all others. */
  sharedFirst(rows: readonly PlanRow[]): readonly PlanRow[] {
    const isShared = (row: PlanRow) => this.of(row).length > 0;
    return [...rows.filter(isShared), ...rows.filter((row) => !isShared(row))];
  }

  /**
   * Looks at each mailbox, so many at once. The shared logins at the head are tried alone until they let somebody in or
   * were refused.
   *
   * @param rows  as {@link sharedFirst} gives them
   */
  async each<T>(rows: readonly PlanRow[], atOnce: number, look: (row: PlanRow) => Promise<T>): Promise<readonly T[]> {
    const alone: T[] = [];
    while (alone.length < rows.length && this.#isUnproven(rows[alone.length]!))
      alone.push(await look(rows[alone.length]!));
    return [...alone, ...(await inParallel(rows.slice(alone.length), atOnce, look))];
  }

  #isUnproven(row: PlanRow): boolean {
    return this.of(row).some((side) => {
      const { isProven, isRefused } = this.#logins.of(side, row);
      return !isProven && !isRefused;
    });
  }
}
