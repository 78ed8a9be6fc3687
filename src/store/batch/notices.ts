import { join } from 'node:path';
import { Low } from 'lowdb';
import { z } from 'zod';
import { NEWS_EVENTS, NOTICE_SHAPES } from '../../words/notice-shape.js';
import { nodeContext, type StoreContext } from '../documents/context.js';
import type { DocumentKind, FormerVersion } from '../documents/document-kind.js';
import { DurableFile } from '../documents/durable-file.js';
import { instant } from '../documents/field-schemas.js';

/** notices.json: how the operator wants to be told of a batch, and what was told. It is there only where that was asked for. */

export const noticesWantedSchema = z.strictObject({
  /** Command and arguments; it is run without a shell. Null: none. */
  command: z.array(z.string()).min(1).nullable(),
  /** Only the hosts of URLs are kept, because a URL is a secret: the operator gives them again at `resume`. */
  urls: z.array(z.strictObject({ host: z.string().min(1), shape: z.enum(NOTICE_SHAPES) })),
  /** The events that are told; null: all. A batch from before this choice tells of all. */
  when: z.array(z.enum(NEWS_EVENTS)).min(1).nullable().default(null),
});
export type NoticesWanted = z.infer<typeof noticesWantedSchema>;

const toldSchema = z.strictObject({
  /**
   * By id of a mailbox that needs the operator: the cause that was told, and how far the mailbox was then. The same
   * cause at another mark is told again.
   */
  mailboxes: z.record(z.string(), z.strictObject({ cause: z.string(), mark: z.string() })),
  /** When it was told that a server is left alone; null: it was not, or it has answered since. */
  alone: z.strictObject({ source: instant.nullable(), destination: instant.nullable() }),
  /** When it was told that nothing moves; null: it was not, or something moved since. */
  stalled: instant.nullable(),
  /**
   * The moment until which mailboxes rest for an allowance, as it was told; null: it was not. Absent in files of
   * earlier builds.
   */
  budgets: z
    .strictObject({ source: instant.nullable(), destination: instant.nullable() })
    .default({ source: null, destination: null }),
  /** The end of the hours that was told; null: none was. Absent in files of earlier builds. */
  window: instant.nullable().default(null),
});
export type Told = z.infer<typeof toldSchema>;

export const NOTHING_TOLD: Told = {
  mailboxes: {},
  alone: { source: null, destination: null },
  stalled: null,
  budgets: { source: null, destination: null },
  window: null,
};

const NOTICES_VERSION = 1;
const noticesSchema = z.strictObject({
  version: z.literal(NOTICES_VERSION),
  wanted: noticesWantedSchema,
  told: toldSchema,
});
type NoticesDocument = z.infer<typeof noticesSchema>;

/** Reads documents of earlier builds, which knew one URL. */
const ofOneUrl: FormerVersion['upgrade'] = ({ wanted, ...json }) => {
  if (typeof wanted !== 'object' || wanted === null || !('url' in wanted)) return { wanted, ...json };
  const { url, ...more } = wanted;
  return { wanted: { urls: url === null ? [] : [url], ...more }, ...json };
};

const noticesKind: DocumentKind<NoticesDocument> = {
  what: 'document of notices',
  version: NOTICES_VERSION,
  schema: noticesSchema,
  former: [{ version: NOTICES_VERSION, upgrade: ofOneUrl }],
};

/** The notices of a batch, as they are on disk. */
export class Notices {
  readonly #low: Low<NoticesDocument>;

  /** @param dir  the batch's  @throws BadInput  naming the file, when it cannot be used */
  static async open(dir: string, context: StoreContext = nodeContext): Promise<Notices> {
    const file = new DurableFile(join(dir, 'notices.json'), noticesKind, context);
    const low = new Low<NoticesDocument>(file, {
      version: NOTICES_VERSION,
      wanted: { command: null, urls: [], when: null },
      told: NOTHING_TOLD,
    });
    await low.read();
    return new Notices(low);
  }

  private constructor(low: Low<NoticesDocument>) {
    this.#low = low;
  }

  get wanted(): NoticesWanted {
    return this.#low.data.wanted;
  }

  get told(): Told {
    return this.#low.data.told;
  }

  /** Resolves when both are on the disk to stay. @throws DiskTrouble */
  async save(wanted: NoticesWanted, told: Told): Promise<void> {
    this.#low.data = { version: NOTICES_VERSION, wanted, told };
    await this.#low.write();
  }
}
