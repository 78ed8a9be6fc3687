/** A mailbox besides its errors. */
export interface MailboxStanding {
  readonly id: string;
  readonly email: string;
  /** Why it is held, as filters search it; null: it is not. */
  readonly held: string | null;
  /** UIDVALIDITY of a source folder; null: not known. */
  readonly uidValidity: (folder: string) => string | null;
  /** Messages of a source folder that are still to be settled. */
  readonly leftIn: (folder: string) => number;
  /** Messages of all folders that are still to be settled; null: nobody could look into it. */
  readonly left: () => number | null;
}
