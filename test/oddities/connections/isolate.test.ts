import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, DROP, HALF, type Item, mail, type OddContext, type OddSpec } from '../../support/odd-server.js';

const MINUTE = 60_000;
const numbers = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
const twelve = () => ({ INBOX: box(...numbers(12).map((n) => mail(n))), Later: box(mail(20)) });
const UNAVAILABLE = '%T NO [UNAVAILABLE] Server error while fetching messages';

/** Answers so to each FETCH of whole messages of INBOX that names UID 7. */
function atSeven(reply: (context: OddContext) => readonly Item[]): OddSpec {
  const isIt = (context: OddContext) =>
    context.wants('BODY') && context.connection.open === 'INBOX' && context.uids.includes(7);
  return { folders: twelve(), on: { 'UID FETCH': (context) => (isIt(context) ? reply(context) : undefined) } };
}

describe('a message that breaks the connection when it is fetched', () => {
  it.each<[string, (context: OddContext) => readonly Item[]]>([
    ['drops in its body', (context) => [...context.upTo(7, 40), DROP]],
    ['drops before its row', () => [DROP]],
    ['says BYE', () => ['* BYE Internal error occurred', DROP]],
    ['falls silent in its body', (context) => [...context.upTo(7, 40), HALF]],
    ['falls silent before its row', () => [HALF]],
    ['refuses what names it', () => [UNAVAILABLE]],
    [
      'gives those before it, and refuses',
      (context) => context.rows(({ uid }) => (uid >= 7 ? 'omit' : undefined), UNAVAILABLE),
    ],
  ])('%s: it alone is entered, and all else arrives', async (_, reply) => {
    const move = await moveBetween(atSeven(reply));

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 7 /)], doubled: [], alien: [] });
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`)).toEqual(['INBOX 7']);
    expect(move.took).toBeLessThan(2.5 * MINUTE);
  });

  it('is entered with the words that the server leaves with', async () => {
    const move = await moveBetween(atSeven(() => ['* BYE Internal error 0x8004 in store', DROP]));

    expect(move.told).toMatch(/^source INBOX: \* BYE Internal error 0x8004 in store/);
  });

  it('lets the folders behind go on within a minute', async () => {
    const clock: { now: (() => number) | null } = { now: null };
    const later: number[] = [];
    const move = await moveBetween(
      atSeven((context) => [...context.upTo(7, 40), HALF]),
      {
        on: {
          APPEND: ({ targetName }) => {
            if (targetName === 'Later') later.push(clock.now?.() ?? Number.NaN);
            return undefined;
          },
        },
      },
      {
        steps: [
          ({ clock: night }) => {
            clock.now = () => night.now() - night.began;
          },
          'move',
        ],
      },
    );

    expect(move.missing).toHaveLength(1);
    expect(later[0]).toBeLessThan(MINUTE);
  });

  it('is taken in another way where its body is announced too long, and soon', async () => {
    const move = await moveBetween({
      folders: twelve(),
      on: {
        'UID FETCH': (c) =>
          c.wants('BODY')
            ? c.rows(({ uid }) => (uid === 2 && c.connection.open === 'INBOX' ? { short: 12 } : undefined))
            : undefined,
      },
    });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.took).toBeLessThan(MINUTE);
  });

  it('is found where there are three of them in many', async () => {
    const bad = [50, 51, 170];
    const move = await moveBetween({
      folders: { INBOX: box(...numbers(200).map((n) => mail(n))), Later: box(mail(999)) },
      on: {
        'UID FETCH': (c) =>
          c.wants('BODY') && c.connection.open === 'INBOX' && c.uids.some((uid) => bad.includes(uid))
            ? [DROP]
            : undefined,
      },
    });

    expect(move.missing).toHaveLength(3);
    expect(move.doubled).toEqual([]);
    expect(move.open.map(({ uids }) => `${uids}`).join()).toBe('50:51,170');
  });
});

describe('a folder that breaks the connection', () => {
  const folders = () => ({ INBOX: box(mail(1), mail(2)), Bad: box(mail(4)), Zeta: box(mail(5)) });
  const isBad = ({ targetName }: OddContext) => targetName === 'Bad';

  it.each<[string, readonly Item[]]>([
    ['drops', [DROP]],
    ['falls silent', [HALF]],
    ['says that it cannot now', ['%T NO [UNAVAILABLE] Server error 17']],
  ])('when it is opened (%s): it is entered, and the others arrive', async (_, reply) => {
    const move = await moveBetween({ folders: folders(), on: { EXAMINE: (c) => (isBad(c) ? reply : undefined) } });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 4 /)], doubled: [], alien: [] });
    expect(move.open.map(({ folder, command }) => `${command} ${folder}`)).toEqual(['EXAMINE Bad']);
    expect(move.took).toBeLessThan(3 * MINUTE);
  });

  it.each(['EXAMINE', 'SELECT'])(
    'when several of many do at %s: they alone are entered, and the others are not waited for',
    async (command) => {
      const names = numbers(20).map((n) => `F${n}`);
      const bad = new Set(['F3', 'F7', 'F8', 'F11', 'F12', 'F19']);
      const folders = () => ({
        INBOX: box(mail(1)),
        ...Object.fromEntries(names.map((n, at) => [n, box(mail(100 + at))])),
      });
      const on: OddSpec['on'] = { [command]: ({ targetName }) => (bad.has(targetName) ? [DROP] : undefined) };
      const move = await moveBetween(
        { folders: folders(), ...(command === 'EXAMINE' ? { on } : {}) },
        { caps: 'UIDPLUS', ...(command === 'SELECT' ? { on } : {}) },
      );

      expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
      expect(new Set(move.open.map(({ folder }) => folder))).toEqual(bad);
      expect(move.took).toBeLessThan(3 * MINUTE);
    },
  );

  it('when its STATUS is asked for: it is copied without', async () => {
    const move = await moveBetween({ folders: folders(), on: { STATUS: (c) => (isBad(c) ? [DROP] : undefined) } });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  });

  it('when any of its messages is listed or fetched: it is entered as a whole, and the others arrive', async () => {
    const move = await moveBetween({
      folders: { ...folders(), Bad: box(...numbers(300).map((n) => mail(100 + n))) },
      on: { 'UID FETCH': (c) => (c.connection.open === 'Bad' ? [DROP] : undefined) },
    });

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(300);
    expect(move.open.map(({ folder }) => folder)).toEqual(['Bad']);
    expect(move.took).toBeLessThan(MINUTE);
  });

  it.each(['CREATE', 'SELECT'])('at the destination, in %s', async (command) => {
    const move = await moveBetween(
      { folders: folders() },
      { caps: 'UIDPLUS', on: { [command]: (c) => (isBad(c) ? [DROP] : undefined) } },
    );

    expect(move.exit).toBe(3);
    expect(move.doubled).toEqual([]);
    expect(move.missing).toHaveLength(command === 'CREATE' ? 1 : 0);
    expect(move.open.map(({ folder }) => folder)).toEqual(['Bad']);
  });
});

describe('a message that breaks the connection when it is appended', () => {
  it.each(['', 'UIDPLUS', 'LITERAL+ UIDPLUS', 'LITERAL+ UIDPLUS MULTIAPPEND'])(
    'is entered with the server’s words (%s)',
    async (caps) => {
      const move = await moveBetween(
        { folders: { INBOX: box(...numbers(40).map((n) => mail(n))), Later: box(mail(99)) } },
        {
          caps,
          on: {
            APPEND: ({ literals }) =>
              literals.some((one) => /message 3\r/.test(String(one)))
                ? ['* BYE Invalid character in literal.', DROP]
                : undefined,
          },
        },
      );

      expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 3 /)], doubled: [], alien: [] });
      expect(move.told).toMatch(/Invalid character in literal/);
      expect(move.took).toBeLessThan(MINUTE);
    },
  );
});

describe('a folder with which the connection breaks at each APPEND', () => {
  const folders = () => ({
    Abc: box(...numbers(20).map((n) => mail(100 + n))),
    INBOX: box(mail(1), mail(2)),
    Zeta: box(mail(5)),
  });
  const breaksAt = (isBad: (context: OddContext) => boolean): OddSpec['on'] => ({
    APPEND: (context) => (isBad(context) ? ['* BYE index of this folder is damaged', DROP] : undefined),
  });

  it.each(['', 'UIDPLUS', 'LITERAL+ UIDPLUS', 'LITERAL+ UIDPLUS MULTIAPPEND'])(
    'is entered as a whole within about a minute, and the others arrive before (%s)',
    async (caps) => {
      const move = await moveBetween(
        { folders: folders() },
        { caps, on: breaksAt(({ targetName }) => targetName === 'Abc') },
      );

      expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
      expect(move.missing).toHaveLength(20);
      expect(move.open.map(({ folder, command, uids }) => `${command} ${folder} ${uids}`)).toEqual(['APPEND Abc ']);
      expect(move.told).toMatch(/index of this folder is damaged/);
      expect(move.took).toBeLessThan(1.5 * MINUTE);
    },
  );

  it('is entered again by the next run, and arrives when it is whole again', async () => {
    const world = { breaks: true };
    const move = await moveBetween(
      { folders: folders() },
      { caps: 'UIDPLUS', on: breaksAt(({ targetName }) => world.breaks && targetName === 'Abc') },
      { steps: ['move', 'resume', () => void Object.assign(world, { breaks: false }), 'resume'] },
    );

    expect(move).toMatchObject({ exits: [3, 3, 0], missing: [], doubled: [], alien: [], open: [] });
  });

  it('is not entered where its first messages alone do that', async () => {
    const isBad = ({ literals }: OddContext) => literals.some((one) => /message 10[1-4]\r/.test(String(one)));
    const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS LITERAL+', on: breaksAt(isBad) });

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(4);
    expect(move.open.map(({ uids }) => `${uids}`).join()).toBe('1:4');
  });
});

describe('a connection that drops by itself', () => {
  const folders = () => ({
    INBOX: box(...numbers(300).map((n) => mail(n, '', 'x'.repeat(3000)))),
    Later: box(mail(999)),
  });
  const caps = 'LITERAL+ UIDPLUS MULTIAPPEND';

  it('convicts nobody, and each drop costs little', async () => {
    let bytes = 0;
    let drops = 0;
    const after100k = ({ literals }: OddContext): readonly Item[] | undefined => {
      bytes += literals.reduce((sum, { length }) => sum + length, 0);
      if (bytes < 100_000 || drops >= 8) return undefined;
      bytes = 0;
      drops++;
      return [DROP];
    };
    const move = await moveBetween({ folders: folders() }, { caps, on: { APPEND: after100k } });
    const undisturbed = await moveBetween({ folders: folders() }, { caps });

    expect(drops).toBe(8);
    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect((move.took - undisturbed.took) / drops).toBeLessThan(9_000);
  });
});

describe('a message that breaks the connection when its flags are set', () => {
  /** Keeps no flags at APPEND, and breaks at a STORE that names one of these. */
  const breaksAt = (...uids: readonly number[]): OddSpec => ({
    caps: 'UIDPLUS',
    on: {
      APPEND: (context) => [`%T OK [APPENDUID 77 ${context.store({ flags: [] })}] done`],
      'UID STORE': (context) => (context.uids.some((uid) => uids.includes(uid)) ? ['* BYE crash', DROP] : undefined),
    },
  });

  it('alone goes without them, with an entry; the others have theirs, and the folder is done', async () => {
    const move = await moveBetween({ folders: twelve() }, breaksAt(7));

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(move.lostFlags).toEqual([expect.stringMatching(/message 7 /)]);
    expect(move.notes.map(({ folder, uids, sample }) => `${folder} ${uids}: ${sample}`)).toEqual([
      expect.stringMatching(/^INBOX 7: stored, but without \\Seen: .*\* BYE crash/),
    ]);
    expect(move.took).toBeLessThan(2.5 * MINUTE);
  });

  it('is not looked for where every one does: none has flags, and that is said', async () => {
    const move = await moveBetween({ folders: twelve() }, breaksAt(...numbers(12)));

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(move.notes.map(({ folder, uids }) => `${folder} ${uids}`)).toContain('INBOX 1:12');
    expect(move.took).toBeLessThan(2.5 * MINUTE);
  });
});
