import { describe, expect, it } from 'vitest';
import { moveBetween, type OddMove } from '../../support/odd-move.js';
import { box, HALF, type Item, mail, type OddContext, type OddSpec } from '../../support/odd-server.js';

const MINUTE = 60_000;
const folders = () => ({
  INBOX: box(mail(1), mail(2), mail(3)),
  Bad: box(...[11, 12, 13, 14, 15, 16].map((n) => mail(n))),
  Later: box(mail(21), mail(22)),
});
const isBad = ({ targetName }: OddContext) => targetName === 'Bad';
const isOpenBad = ({ connection }: OddContext) => connection.open === 'Bad';
const holds = (number: number) => (context: OddContext) =>
  context.literals.some((literal) => literal.includes(`message ${number}`));
const always = () => true;
const NOISE: readonly Item[] = Array.from({ length: 90 }, () => [{ wait: 10_000 }, '* OK still here']).flat();

/** Ways not to answer. */
const WAYS = [
  ['says nothing more', [HALF]],
  ['answers all other commands', []],
  ['talks of other things', NOISE],
] as const satisfies readonly (readonly [string, readonly Item[]])[];

/** Bad is subscribed, so the destination is asked to subscribe it. */
const SUBSCRIBED: OddSpec['on'] = { LSUB: () => ['* LSUB () "/" Bad', '%T OK LSUB'] };

interface Place {
  readonly side: 'source' | 'destination';
  readonly command: string;
  readonly where: (context: OddContext) => boolean;
  readonly caps?: string;
}

interface Night {
  readonly now: () => number;
  readonly later: (ms: number, what: () => void) => void;
}

type Answer = (context: OddContext, night: Night) => readonly Item[] | undefined;

interface Told {
  readonly move: OddMove;
  /** When the first message of a folder came to the destination, in milliseconds of the night. */
  readonly came: Readonly<Record<string, number>>;
}

/** Moves with a server that answers so in one place. */
async function moveWith(place: Place, answer: Answer): Promise<Told> {
  const came: Record<string, number> = {};
  const night: { -readonly [K in keyof Night]: Night[K] } = { now: () => 0, later: () => {} };
  const specOf = (side: Place['side']): OddSpec => {
    const odd = (context: OddContext) => {
      if (side === place.side && context.command === place.command && place.where(context)) {
        const said = answer(context, night);
        if (said !== undefined) return said;
      }
      if (side === 'destination' && context.command === 'APPEND') came[context.targetName] ??= night.now();
      return undefined;
    };
    return {
      caps: side === place.side ? (place.caps ?? '') : '',
      ...(side === 'source' ? { folders: folders() } : {}),
      on: { ...SUBSCRIBED, ...Object.fromEntries([place.command, 'APPEND'].map((command) => [command, odd])) },
    };
  };
  const move = await moveBetween(specOf('source'), specOf('destination'), {
    steps: [
      ({ clock }) => {
        night.now = () => clock.now() - clock.began;
        night.later = (ms, what) => void clock.sleep(ms).then(what);
      },
      'move',
    ],
  });
  return { move, came };
}

/** Says nothing the first time. */
function once(): Answer {
  let asked = 0;
  return () => (asked++ === 0 ? [HALF] : undefined);
}

const at = (side: Place['side'], command: string, where: Place['where'] = always, caps = ''): Place => ({
  side,
  command,
  where,
  caps,
});
const APPEND = at('destination', 'APPEND', holds(13));
const FETCH = at('source', 'UID FETCH', (context) => {
  return isOpenBad(context) && context.wants('BODY') && context.uids.includes(3);
});

describe('a message that is never answered', () => {
  it.each(WAYS)('when it is stored (%s): the others go on within a minute, and it is entered', async (_, items) => {
    const { move, came } = await moveWith(APPEND, () => items);

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 13 /)], doubled: [], alien: [] });
    expect(move.told).toMatch(
      /^destination Bad: the destination gave no answer at APPEND of this message once.*: no answer to APPEND for 4 min/,
    );
    expect(came.Later).toBeLessThan(1.5 * MINUTE);
    expect(move.took).toBeLessThan(11 * MINUTE);
  });

  it.each(WAYS)('when it is fetched (%s): the others go on within a minute, and it is entered', async (_, items) => {
    const { move, came } = await moveWith(FETCH, () => items);

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 13 /)], doubled: [], alien: [] });
    expect(move.told).toMatch(/^source Bad: the source gave no answer at UID FETCH of this message 3 times/);
    expect(came.Later).toBeLessThan(1.5 * MINUTE);
    expect(move.took).toBeLessThan(4 * MINUTE);
  });

  it('when several are stored by one command: it alone is entered', async () => {
    const { move } = await moveWith({ ...APPEND, caps: 'LITERAL+ MULTIAPPEND UIDPLUS' }, () => [HALF]);

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 13 /)], doubled: [], alien: [] });
    expect(move.took).toBeLessThan(25 * MINUTE);
  });

  it('when it is the first of its folder: its neighbours arrive', async () => {
    const { move } = await moveWith({ ...APPEND, where: holds(11) }, () => [HALF]);

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 11 /)], doubled: [], alien: [] });
  });
});

describe('a folder that is never answered about', () => {
  it.each<[string, Place, RegExp]>([
    ['EXAMINE', at('source', 'EXAMINE', isBad), /^source Bad: .*no answer at EXAMINE of this folder/],
    ['CREATE', at('destination', 'CREATE', isBad), /^destination Bad: .*no answer to CREATE/],
    ['any APPEND', at('destination', 'APPEND', isBad), /^destination Bad: .*no answer (?:at|to) APPEND/],
    [
      'any body',
      at('source', 'UID FETCH', (context) => isOpenBad(context) && context.wants('BODY')),
      /^source Bad: .*no answer at UID FETCH/,
    ],
  ])('%s: the others go on within a minute, and it is entered', async (_, place, told) => {
    const { move, came } = await moveWith(place, () => [HALF]);

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(6);
    expect(move.told).toMatch(told);
    expect(came.Later).toBeLessThan(1.5 * MINUTE);
    expect(move.took).toBeLessThan(30 * MINUTE);
  });
});

const DISPENSABLE: readonly (readonly [string, Place])[] = [
  ['ID', at('source', 'ID', always, 'ID')],
  ['ID of the destination', at('destination', 'ID', always, 'ID')],
  ['LSUB', at('source', 'LSUB')],
  ['LSUB of the destination', at('destination', 'LSUB')],
  ['SUBSCRIBE', at('destination', 'SUBSCRIBE')],
  ['STATUS of one folder', at('source', 'STATUS', isBad)],
  ['any STATUS', at('source', 'STATUS')],
  ['STATUS of one folder of the destination', at('destination', 'STATUS', isBad)],
  ['any STATUS of the destination', at('destination', 'STATUS')],
  ['MAILBOXID', at('destination', 'STATUS', ({ args }) => args.includes('MAILBOXID'), 'OBJECTID UIDPLUS')],
  ['LOGOUT', at('source', 'LOGOUT')],
  ['LOGOUT of the destination', at('destination', 'LOGOUT')],
  ['LIST of everything', at('source', 'LIST', ({ args }) => args.includes('*'))],
];

describe('a question that can be done without', () => {
  it.each(DISPENSABLE)('is not asked any more where it is never answered: %s', async (_, place) => {
    const { move, came } = await moveWith(place, () => []);

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(came.Later).toBeLessThan(1.5 * MINUTE);
    expect(move.took).toBeLessThan(7 * MINUTE);
  });
});

it('lists without NAMESPACE where that is never answered, and enters it', async () => {
  const { move, came } = await moveWith(at('source', 'NAMESPACE', always, 'NAMESPACE'), () => []);

  expect(move).toMatchObject({ exit: 3, missing: [], doubled: [], alien: [] });
  expect(move.told).toMatch(/NAMESPACE/);
  expect(came.Later).toBeLessThan(1.5 * MINUTE);
});

describe('a silence that is over soon', () => {
  it.each<readonly [string, Place]>([
    ...DISPENSABLE,
    ['LIST', at('destination', 'LIST')],
    ['CREATE', at('destination', 'CREATE', isBad)],
    ['EXAMINE', at('source', 'EXAMINE', isBad)],
    ['SELECT', at('destination', 'SELECT', isBad)],
    ['a body', FETCH],
    ['APPEND', APPEND],
    ['reading back', at('destination', 'UID FETCH', isOpenBad)],
    ['LIST of the source', at('source', 'LIST')],
    ['NAMESPACE', at('source', 'NAMESPACE', always, 'NAMESPACE')],
  ])('costs nothing but time: %s, once', async (_, place) => {
    const { move, came } = await moveWith(place, once());

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(came.Later).toBeLessThan(1.5 * MINUTE);
    expect(move.took).toBeLessThan(8 * MINUTE);
  });

  it.each<readonly [string, Place]>([
    ['stores nothing', at('destination', 'APPEND')],
    ['stores nothing of one folder', at('destination', 'APPEND', isBad)],
  ])('convicts nobody, however long it lasts: the destination %s for 90 minutes', async (_, place) => {
    const { move } = await moveWith(place, (__, { now }) => (now() < 90 * MINUTE ? [HALF] : undefined));

    expect(move).toMatchObject({ doubled: [], alien: [] });
    if (place.where === always) expect(move).toMatchObject({ exit: 0, missing: [], open: [] });
  });
});

describe('a server that takes its time', () => {
  const slowly =
    (ms: number): Answer =>
    (context) => [{ wait: ms }, ...context.normal()];

  it.each<readonly [string, Place, number]>([
    ['opens a folder after a minute', at('source', 'EXAMINE', isBad), MINUTE],
    ['gives a body after a minute', FETCH, MINUTE],
    ['lists its folders after two minutes', at('source', 'LIST'), 2 * MINUTE],
    ['makes a folder after two minutes', at('destination', 'CREATE', isBad), 2 * MINUTE],
  ])('is not convicted: it %s', async (_, place, ms) => {
    const { move } = await moveWith(place, slowly(ms));

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
  });

  it.each<readonly [string, Place['where']]>([
    ['a message', holds(13)],
    ['each message', always],
  ])('is sent %s once that it stores and answers after two minutes, whether anybody waits or not', async (_, where) => {
    const { move } = await moveWith({ ...APPEND, where }, (context, { later }) => {
      later(2 * MINUTE, () => {
        for (const appended of context.appends()) context.keep(appended);
      });
      return [{ wait: 2 * MINUTE }, '%T OK stored'];
    });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
  });

  it('gets no second copy of a message that it stores four minutes after it fell silent', async () => {
    const { move, came } = await moveWith(APPEND, (context, { later }) => {
      later(4 * MINUTE, () => {
        for (const appended of context.appends()) context.keep(appended);
      });
      return [HALF];
    });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(came.Later).toBeLessThan(1.5 * MINUTE);
  });
});
