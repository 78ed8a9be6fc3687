import { describe, expect, it } from 'vitest';
import { seeded } from '../../../bench/lab/seeded.js';
import { moveBetween, type OddMove } from '../../support/odd-move.js';
import { box, mail, type OddContext, type OddSpec } from '../../support/odd-server.js';

const MINUTE = 60_000;
const folders = () => ({
  INBOX: box(mail(1), mail(2)),
  Bad: box(mail(11), mail(12)),
  Later: box(mail(21)),
  Zeta: box(mail(31)),
});
type Side = 'source' | 'destination';
/** Whether a folder is refused, at a time of the night. */
type Refuses = (folder: string, now: number) => boolean;

/** Moves with a side that refuses to open folders. @returns when the first message of a folder came, too */
async function moveWith(side: Side, line: string, refuses: Refuses, users?: readonly string[]) {
  const came: Record<string, number> = {};
  let now = () => 0;
  const refused = ({ targetName }: OddContext) => (refuses(targetName, now()) ? [`%T NO ${line}`] : undefined);
  const on: OddSpec['on'] = {
    EXAMINE: refused,
    ...(side === 'destination' ? { SELECT: refused, STATUS: refused } : {}),
  };
  const APPEND = ({ targetName }: OddContext) => {
    came[targetName] ??= now();
    return undefined;
  };
  const move: OddMove = await moveBetween(
    { folders: folders(), ...(side === 'source' ? { on } : {}) },
    { caps: 'UIDPLUS', on: { ...(side === 'destination' ? on : {}), APPEND } },
    {
      ...(users ? { users } : {}),
      steps: [
        ({ clock }) => {
          now = () => clock.now() - clock.began;
        },
        'move',
      ],
    },
  );
  return { move, came };
}

const isBad: Refuses = (folder) => folder === 'Bad';
const WHOLE = { exit: 0, missing: [], doubled: [], alien: [], open: [] };

describe.each<[Side, string]>([
  ['source', '[LIMIT] too much'],
  ['source', '[OVERQUOTA] Account exceeded command or bandwidth limits'],
  ['source', 'Too many requests'],
  ['destination', '[LIMIT] too much'],
])('a folder that the %s refuses by a limit (NO %s), while it opens others', (side, line) => {
  it('is tried last, and is an open failure after minutes of that; the others arrive before', async () => {
    const { move, came } = await moveWith(side, line, isBad);

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(2);
    expect(move.open.map(({ folder, command }) => `${command} ${folder}`)).toEqual([
      `${side === 'source' ? 'EXAMINE' : 'STATUS'} Bad`,
    ]);
    expect([came.Later, came.Zeta].every((at) => at !== undefined && at < MINUTE)).toBe(true);
    expect(move.took).toBeGreaterThan(5 * MINUTE);
    expect(move.took).toBeLessThan(10 * MINUTE);
  });

  it('arrives where that is over after five minutes', async () => {
    const { move } = await moveWith(side, line, (folder, now) => isBad(folder, now) && now < 5 * MINUTE);

    expect(move).toMatchObject(WHOLE);
  });
});

describe('a limit of the account', () => {
  it.each<[string, Refuses]>([
    ['six openings a minute', openingsPer(6, MINUTE)],
    ['ten openings in ten minutes', openingsPer(10, 10 * MINUTE)],
    ['nothing for an hour', (_, now) => now < 60 * MINUTE],
  ])('convicts no folder: %s', async (_, refuses) => {
    const { move } = await moveWith('source', '[LIMIT] too many requests', refuses);

    expect(move).toMatchObject(WHOLE);
  });

  it('convicts none either where a third of all openings is refused at random', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed);
      const { move } = await moveWith('source', '[LIMIT] slow down', () => random() < 0.33);

      expect(move, `seed ${seed}`).toMatchObject(WHOLE);
    }
  });

  it('is obeyed where it names a wait, and no other folder is asked for', async () => {
    const { move } = await moveWith(
      'source',
      '[LIMIT] try again in 10 minutes',
      (folder, now) => isBad(folder, now) && now < MINUTE,
    );

    expect(move).toMatchObject(WHOLE);
    expect(move.took).toBeGreaterThanOrEqual(10 * MINUTE);
  });
});

/** Opens so many folders in so long, and refuses the rest. */
function openingsPer(most: number, ms: number): Refuses {
  let opened: number[] = [];
  return (_, now) => {
    opened = opened.filter((at) => now - at < ms);
    if (opened.length >= most) return true;
    opened.push(now);
    return false;
  };
}
