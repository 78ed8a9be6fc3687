import { type Advice, CEILINGS, WRONG_AT_APPLICATION } from '../../../src/words/advice/advice.js';
import { PLAIN_ADVICE } from '../../../src/words/advice/advice-keys.js';
import { SIDES } from '../../../src/words/side.js';

const refused = { source: 'Werk', name: 'Arbeit/Werk', map: { from: 'Werk', to: 'Werk_2' } };

const ADVICE = [
  ...PLAIN_ADVICE.map((key) => ({ key })),
  ...CEILINGS.map((ceiling) => ({ key: 'too big', ceiling }) as const),
  ...SIDES.flatMap((side) =>
    (['not all listed', 'message breaks', 'folder breaks'] as const).map((key) => ({ key, side })),
  ),
  { key: 'name taken', twin: 'arbeit/werk', ...refused },
  { key: 'name too long', bytes: 300, ...refused },
  { key: 'name hidden', ...refused },
  { key: 'name refused', ...refused },
  {
    key: 'folders below mail',
    top: 'Team',
    beside: [{ from: 'Team/Bau', to: 'Team_Bau' }],
    below: [
      { from: 'Team', to: 'Team/Team' },
      { from: 'Team/Bau', to: 'Team/Bau' },
    ],
    more: 3,
  },
  { key: 'inbox spelled twice', name: 'Inbox', beside: ['INBOX'] },
  ...WRONG_AT_APPLICATION.map((wrong) => ({ key: 'application refused', wrong }) as const),
  { key: 'sign in again', oauth: 'ann' },
] as const satisfies readonly Advice[];

type Lacking = Exclude<Advice['key'], (typeof ADVICE)[number]['key'] | 'as-written'>;

/**
 * One advice of each key but `as-written`, and of each value of a field that is one of a few. The compiler names a key
 * that is lacking here.
 */
export const EVERY_ADVICE: [Lacking] extends [never] ? readonly Advice[] : Lacking = ADVICE;
