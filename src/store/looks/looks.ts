import { join } from 'node:path';
import type { Low } from 'lowdb';
import { z } from 'zod';
import type { StoreContext } from '../documents/context.js';
import type { DocumentKind, FormerVersion } from '../documents/document-kind.js';
import { DurableFile } from '../documents/durable-file.js';
import { instant } from '../documents/field-schemas.js';
import { openUnlessBad } from '../documents/open-unless-bad.js';

const lookSchema = z.strictObject({
  messages: z.int().min(0),
  /** Null: the server told no sizes. */
  bytes: z.int().min(0).nullable(),
  /** INTERNALDATE of its newest message; null: nobody asked. */
  newest: instant.nullable(),
  at: instant,
});
/** The size of a mailbox before its first start, as somebody found it. */
export type Look = z.infer<typeof lookSchema>;

const documentSchema = z.strictObject({ version: z.literal(2), mailboxes: z.record(z.string(), lookSchema) });
type LooksDocument = z.infer<typeof documentSchema>;

/** Reads looks of earlier builds, which did not ask for dates. */
const filledIn: FormerVersion['upgrade'] = ({ mailboxes, ...json }) => ({
  ...json,
  mailboxes:
    typeof mailboxes === 'object' && mailboxes !== null
      ? Object.fromEntries(Object.entries(mailboxes).map(([id, look]) => [id, { newest: null, ...look }]))
      : mailboxes,
});

const looksKind: DocumentKind<LooksDocument> = {
  what: 'list of looks',
  version: 2,
  schema: documentSchema,
  former: [{ version: 2, upgrade: filledIn }],
};

/**
 * looks.json: the sizes of mailboxes, as early looks found them. They can be learned anew, so a file that cannot be
 * read is left alone.
 */
export class Looks {
  #low: Low<LooksDocument> | null = null;
  readonly #found: Record<string, Look> = {};

  /** @param dir  the batch's */
  static async open(dir: string, context: StoreContext): Promise<Looks> {
    const file = new DurableFile(join(dir, 'looks.json'), looksKind, context);
    return new Looks(await openUnlessBad(file, { version: 2, mailboxes: {} }));
  }

  private constructor(low: Low<LooksDocument> | null) {
    this.#low = low;
    if (low) this.#found = low.data.mailboxes;
  }

  /** @param id  of a mailbox  @returns null: nobody looked */
  of(id: string): Look | null {
    return this.#found[id] ?? null;
  }

  found(id: string, look: Look): void {
    this.#found[id] = look;
  }

  /** Resolves when the looks are on the disk. If they cannot be written, they are known to this run alone. */
  async save(): Promise<void> {
    await this.#low?.write();
  }
}
