import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seeded } from '../../../bench/lab/seeded.js';
import { MANGLINGS, mangled, REFUSALS } from '../../support/odd/mangle.js';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, many, type OddFolders } from '../../support/odd-server.js';

const COMMANDS = {
  source: ['CAPABILITY', 'NAMESPACE', 'LIST', 'LSUB', 'STATUS', 'EXAMINE', 'UID FETCH', 'UID SEARCH'],
  destination: ['CAPABILITY', 'NAMESPACE', 'LIST', 'LSUB', 'STATUS', 'SELECT', 'CREATE', 'APPEND', 'UID FETCH'],
} as const;

const folders = (): OddFolders => ({ INBOX: many(6), Work: box(mail(7), mail(8)), 'Work/Deep': box(mail(9)) });

const where = fc.oneof(
  fc.record({ side: fc.constant('source' as const), command: fc.constantFrom(...COMMANDS.source) }),
  fc.record({ side: fc.constant('destination' as const), command: fc.constantFrom(...COMMANDS.destination) }),
);

/** By hand more answers are tried, and others: NIGHTFERRY_FUZZ_RUNS, NIGHTFERRY_FUZZ_SEED. */
const RUNS = Number(process.env.NIGHTFERRY_FUZZ_RUNS ?? 80);
const SEED = Number(process.env.NIGHTFERRY_FUZZ_SEED ?? 1);

it('whatever becomes of a few answers, a move ends, and says 0 only where all mail is there once', async () => {
  await fc.assert(
    fc.asyncProperty(
      where,
      fc.constantFrom(...Object.keys(MANGLINGS), ...Object.keys(REFUSALS)),
      fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', 'UIDPLUS', 'UIDPLUS MULTIAPPEND LITERAL+'),
      fc.nat(),
      async ({ side, command }, how, hits, caps, seed) => {
        const odd = { on: mangled(command, how, hits, seeded(seed)) };
        const move = await moveBetween(
          { folders: folders(), ...(side === 'source' ? odd : {}) },
          { caps, ...(side === 'destination' ? odd : {}) },
          { steps: ['move', 'resume'] },
        );
        // 1 would be a bug.
        expect([0, 3]).toContain(move.exit);
        if (move.exit === 0) expect(move).toMatchObject({ missing: [], doubled: [], alien: [] });
        else expect(move.open).not.toEqual([]);
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
});

it('takes no row of a folder that stayed open, where the opening of another was refused', async () => {
  const on = mangled('EXAMINE', 'it is refused', [3], seeded(0));
  const move = await moveBetween({ folders: folders(), on }, {}, { steps: ['move', 'resume'] });

  expect(move).toMatchObject({ exits: [3, 0], missing: [], doubled: [], alien: [], open: [] });
});
