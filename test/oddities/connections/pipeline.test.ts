import { describe, expect, it } from 'vitest';
import { moveBetween, type Step } from '../../support/odd-move.js';
import { arrives, box, DROP, type Item, mail, type OddContext, three } from '../../support/odd-server.js';

const folders = () => ({ ...three(), Later: box(mail(20)) });
const ONE_AT_A_TIME = /does not serve a command behind an unanswered one/g;

describe('a server that serves one command at a time', () => {
  it.each(['one a time', 'first of packet'] as const)(
    'is read whole, and that is said once (%s)',
    async (pipelining) => {
      const move = await moveBetween({ folders: folders(), pipelining }, { caps: 'UIDPLUS' });

      expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
      expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
      expect(move.took).toBeLessThan(30_000);
    },
  );

  it.each(['one a time', 'first of packet'] as const)('is written to and read back (%s)', async (pipelining) => {
    const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS', pipelining });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.open).toEqual([]);
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
  });

  it('is served so in the next run from its first refusal on, for new mail too', async () => {
    const move = await moveBetween(
      { folders: folders(), pipelining: 'one a time' },
      {},
      { steps: ['move', ({ source }) => void arrives(source.folders.INBOX!, mail(9)), 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], missing: [], doubled: [], alien: [] });
  });

  it('is found out by one mailbox for all of the batch', async () => {
    const users = ['ann', 'ben', 'cat'];
    const boxes = Object.fromEntries(users.map((user) => [user, folders()]));
    const there = Object.fromEntries(users.map((user) => [user, { INBOX: box() }]));
    const move = await moveBetween(
      { foldersFor: (user) => boxes[user]!, pipelining: 'first of packet' },
      { foldersFor: (user) => there[user]! },
      { users, options: { concurrency: 1 } },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
  });
});

describe('a server that is slow with the first commands of a session', () => {
  /** As long a wait before the first byte of an answer: a list of 100,000 folders takes a busy server that long. */
  const slowly = (context: OddContext): readonly Item[] => [{ wait: 14_000 }, ...context.normal()];

  it('is sent one behind the other, as it answers no sooner when asked alone', async () => {
    const move = await moveBetween({ folders: folders(), on: { NAMESPACE: slowly, LIST: slowly } }, {});

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(move.said).not.toMatch(ONE_AT_A_TIME);
  });

  it('is waited for where it has served others so: one pause in the night says nothing of it', async () => {
    const users = ['ann', 'ben', 'cat'];
    const boxes = Object.fromEntries(users.map((user) => [user, folders()]));
    const there = Object.fromEntries(users.map((user) => [user, { INBOX: box() }]));
    let lists = 0;
    const LIST = (context: OddContext) => (++lists === 2 ? slowly(context) : undefined);
    const NAMESPACE = (context: OddContext) => (lists === 1 ? slowly(context) : undefined);
    const move = await moveBetween(
      { foldersFor: (user) => boxes[user]!, on: { LIST, NAMESPACE } },
      { foldersFor: (user) => there[user]! },
      { users, options: { concurrency: 1 } },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.said).not.toMatch(ONE_AT_A_TIME);
    expect(move.said).not.toMatch(/no answer to/);
  });
});

describe('a server that loses a command behind the opening of a folder', () => {
  it('is found out by the first one that it never answers, and then served one at a time', async () => {
    const night: { now: () => number } = { now: () => 0 };
    const openedAt = new WeakMap<object, number>();
    const move = await moveBetween(
      {
        folders: folders(),
        on: {
          EXAMINE: (context) => {
            openedAt.set(context.connection, night.now());
            return [{ wait: 100 }, ...context.normal()];
          },
          'UID FETCH': ({ connection }) => (night.now() - (openedAt.get(connection) ?? 0) < 100 ? [] : undefined),
        },
      },
      {},
      {
        steps: [
          ({ clock }) => {
            night.now = () => clock.now();
          },
          'move',
        ],
      },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
    expect(move.took).toBeLessThan(90_000);
  });
});

describe('a server that closes the line at a command behind an unanswered one', () => {
  const twelve = () => Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`F${at}`, box(mail(30 + at))]));
  /** Closes the line where a command comes while another one is worked on, which takes 50 ms. */
  function closes(which: RegExp, says: readonly Item[]) {
    const busyUntil = new WeakMap<object, number>();
    const night: { now: () => number } = { now: () => 0 };
    const answer = (context: OddContext): readonly Item[] | undefined => {
      if (night.now() < (busyUntil.get(context.connection) ?? 0)) return says;
      busyUntil.set(context.connection, night.now() + 50);
      return [{ wait: 50 }, ...context.normal()];
    };
    const begin: Step = ({ clock }) => {
      night.now = () => clock.now();
    };
    const names = ['EXAMINE', 'SELECT', 'UID FETCH', 'UID SEARCH', 'APPEND', 'LIST', 'LSUB', 'STATUS', 'NAMESPACE'];
    const on = Object.fromEntries(names.filter((name) => which.test(name)).map((name) => [name, answer]));
    return { on, begin };
  }

  it.each<[string, RegExp, readonly Item[]]>([
    ['behind an opening, with a word', /EXAMINE|SELECT|FETCH|SEARCH/, ['* BYE pipelining not allowed', DROP]],
    ['behind an opening, without one', /EXAMINE|SELECT|FETCH|SEARCH/, [DROP]],
    ['behind anything', /./, ['* BYE one thing after the other', DROP]],
  ])('is found out by asking again alone, and then served one at a time: %s', async (_what, which, says) => {
    const { on, begin } = closes(which, says);
    const move = await moveBetween({ folders: { ...folders(), ...twelve() }, on }, {}, { steps: [begin, 'move'] });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
    expect(move.took).toBeLessThan(60_000);
  });

  it.each<[string, RegExp]>([
    ['behind an opening', /EXAMINE|SELECT|FETCH|SEARCH/],
    ['behind a message', /APPEND/],
  ])('is found out at the destination too: %s', async (_what, which) => {
    const { on, begin } = closes(which, [DROP]);
    const move = await moveBetween(
      { folders: { ...folders(), ...twelve() } },
      { caps: 'LITERAL+ UIDPLUS', on },
      { steps: [begin, 'move'] },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
  });

  it('is not taken for one where a folder breaks the line whatever is sent', async () => {
    const breaks = (context: OddContext): readonly Item[] | undefined =>
      context.targetName === 'INBOX' ? ['* BYE crash', DROP] : undefined;
    const move = await moveBetween({ folders: { ...folders(), ...twelve() }, on: { EXAMINE: breaks } });

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(3);
    expect(move.said).not.toMatch(ONE_AT_A_TIME);
  });
});

describe('a server that refuses a command for what it is', () => {
  it('is asked once more at most for each, and goes on being sent many at a time', async () => {
    const bad = (context: { targetName: string }) =>
      /bad/.test(context.targetName) ? ['%T BAD not this one'] : undefined;
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`bad${at}`, box()]));
    const move = await moveBetween({ folders: { ...folders(), ...many }, on: { STATUS: bad, EXAMINE: bad } });

    expect(move).toMatchObject({ exit: 3, missing: [], doubled: [], alien: [] });
    expect(move.said).not.toMatch(ONE_AT_A_TIME);
    const statuses = move.source.log.filter((line) => /STATUS "bad/.test(line));
    expect(statuses.length).toBeLessThanOrEqual(10 + 3);
  });
});
