import { z } from 'zod';
import type { FormerVersion } from '../documents/document-kind.js';
import { NOTHING_NOTED } from './pass-schema.js';

const object = z.looseObject({});
const counted = z.looseObject({
  counts: object,
  folders: z.array(z.looseObject({ counts: object, settledAt: object.nullable() })),
  passes: z.array(object),
});

/**
 * Reads documents of earlier builds, which knew no days, labels, or later looks at what was stored. So nothing was left
 * out for its date, no folder brought a message of another, and nothing is left to be looked at. Nor did
 * those builds note what a pass did and what ended it.
 */
export const filledIn: FormerVersion['upgrade'] = (json) => {
  const read = counted.safeParse(json);
  // The schema says what is wrong with it.
  if (!read.success) return json;
  return {
    ...json,
    counts: { outside: 0, carried: 0, ...read.data.counts },
    passes: read.data.passes.map((pass) => ({ ...NOTHING_NOTED, ...pass })),
    folders: read.data.folders.map((folder) => ({
      proven: true,
      ...folder,
      counts: { outside: 0, carried: 0, ...folder.counts },
      settledAt: folder.settledAt && { days: '', ...folder.settledAt },
    })),
  };
};
