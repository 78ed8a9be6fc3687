import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/engine/responses/classify.js';
import { classifyError } from '../../../src/engine/responses/classify-error.js';
import { groundsSchema } from '../../../src/store/documents/grounds-schema.js';
import { type Grounds, PLAIN_GROUNDS } from '../../../src/words/grounds/grounds.js';
import { groundsText } from '../../../src/words/grounds/grounds-text.js';
import type { Verdict } from '../../../src/words/verdict.js';

const append = (line: string) => classify({ line, command: 'APPEND', side: 'destination' });
const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:993'), { code: 'ECONNREFUSED' });

const SAID: readonly (readonly [Pick<Verdict, 'rule' | 'grounds'>, string])[] = [
  [append('NO [OVERQUOTA] Full'), 'rule over-quota: code OVERQUOTA, after APPEND at the destination'],
  [
    append('NO [LIMIT] Mail size is larger'),
    'rule limit-size: code LIMIT, and the text says “mail size is larger”, after APPEND at the destination',
  ],
  [
    append('NO mail size is larger than allowed'),
    'rule write-too-big: the text says “mail size is larger”, after APPEND at the destination',
  ],
  [append('NO mimsy'), 'rule no-append: NO without code or known words, after APPEND at the destination'],
  [
    classify({ line: 'mimsy', command: null, side: 'source' }),
    'rule no: a line without code or known words, after no command at the source',
  ],
  [
    classifyError({ error: refused, command: null, side: 'source' }),
    'rule unreachable: ECONNREFUSED (connect ECONNREFUSED 10.0.0.7:993) at the source',
  ],
  [{ rule: 'r', grounds: { key: 'error', code: '', message: '', side: 'source' } }, 'rule r: an error at the source'],
  [
    {
      rule: 'operator',
      grounds: {
        ...{ key: 'corrected', correction: 'c1', at: Date.UTC(2026, 2, 1, 2, 17, 5), by: null, sample: 'NO' },
        ...{ kind: 'transient', rule: 'no', read: 'server-bug' },
      },
    },
    'rule operator: an operator said on 2026-03-01 02:17:05 UTC that responses like “NO” are transient (correction c1); rule no would say server-bug',
  ],
  [{ rule: 'r', grounds: { key: 'as-written', text: 'as it was' } }, 'as it was'],
];

describe('why a response was read so', () => {
  it.each(SAID)('%j', (verdict, text) => expect(groundsText(verdict)).toBe(text));

  it('is a sentence for each key', () => {
    for (const key of PLAIN_GROUNDS) expect(groundsText({ rule: 'r', grounds: { key } })).toMatch(/^\S.{20,}$/);
  });

  it('is read as it is stored', () => {
    const all: readonly Grounds[] = [...SAID.map(([{ grounds }]) => grounds), ...PLAIN_GROUNDS.map((key) => ({ key }))];
    for (const grounds of all) expect(groundsSchema.parse(JSON.parse(JSON.stringify(grounds)))).toEqual(grounds);
    for (const odd of ['a sentence', { key: 'mood' }, { key: 'found', text: '' }, { key: 'response' }, null])
      expect(groundsSchema.safeParse(odd).success).toBe(false);
  });
});
