import { join } from 'node:path';
import type { Low } from 'lowdb';
import { z } from 'zod';
import { forEachMark, type NightPace, PACE_MARKS } from '../../words/night-pace.js';
import type { StoreContext } from '../documents/context.js';
import type { DocumentKind } from '../documents/document-kind.js';
import { DurableFile } from '../documents/durable-file.js';
import { instant } from '../documents/field-schemas.js';
import { openUnlessBad } from '../documents/open-unless-bad.js';

const amounts = z.array(z.int().min(0)).max(1_000).readonly();

const documentSchema = z.strictObject({
  version: z.literal(2),
  /** Null: nothing has moved yet. */
  night: z
    .strictObject({
      from: instant,
      until: instant,
      stretch: z.int().min(1_000),
      messages: amounts,
      bytes: amounts,
      marks: z.record(z.enum(PACE_MARKS), amounts),
    })
    .refine(({ messages, bytes }) => messages.length === bytes.length, 'as many messages as bytes')
    .nullable(),
});
type PaceDocument = z.infer<typeof documentSchema>;

const paceKind: DocumentKind<PaceDocument> = { what: 'pace of the night', version: 2, schema: documentSchema };

/**
 * pace.json: how fast a batch went, stretch by stretch, for the graph. A file that cannot be read is left alone, and
 * the graph begins anew.
 */
export class KeptPace {
  /** @param dir  the batch's */
  static async open(dir: string, context: StoreContext): Promise<KeptPace> {
    const file = new DurableFile(join(dir, 'pace.json'), paceKind, context);
    return new KeptPace(await openUnlessBad(file, { version: 2, night: null }));
  }

  private constructor(private readonly low: Low<PaceDocument> | null) {}

  /** Null: none was kept. */
  get kept(): NightPace | null {
    const night = this.low?.data.night ?? null;
    return night && { ...night, marks: forEachMark((mark) => night.marks[mark] ?? []) };
  }

  /** Resolves when it is on the disk to stay. @throws DiskTrouble */
  async save(night: NightPace): Promise<void> {
    if (this.low === null) return;
    this.low.data = { version: 2, night };
    await this.low.write();
  }
}
