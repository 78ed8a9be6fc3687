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
/** The size of a mailbox when somebody looked, before it was ever started. */
export type Look = z.infer<typeof lookSchema>;

const documentSchema = z.strictObject({ version: z.literal(2), mailboxes: z.record(z.string(), lookSchema) });
type LooksDocument = z.infer<typeof documentSchema>;

/** Looks that were kept before anybody asked for dates. */
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

/** looks.json: what early looks found mailboxes to hold. It can be learned anew, so one that cannot be read is left as it is. */
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

  /** Resolves when they are on the disk; where nothing can be written there they are known to this run alone. */
  async save(): Promise<void> {
    await this.#low?.write();
  }
}
