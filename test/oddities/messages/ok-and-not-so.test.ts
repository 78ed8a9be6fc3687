import { describe, expect, it } from 'vitest';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import {
  arrives,
  box,
  DROP,
  type Item,
  mail,
  many,
  type OddConnection,
  type OddContext,
} from '../../support/odd-server.js';

const isThird = (context: OddContext) => /^Subject: message 3\r$/m.test(String(context.literal));
const arrival = ({ source }: OddWorld) => void arrives(source.folders.INBOX!, mail(9));
const appends = (log: readonly string[]) => log.filter((line) => /APPEND/.test(line)).length;

describe('an OK that is not so', () => {
  it.each(['', 'UIDPLUS', 'UIDPLUS LITERAL+'])('and the end of the line behind it is found out (%s)', async (caps) => {
    let count = 0;
    const on = { APPEND: (): readonly Item[] | undefined => (++count === 2 ? ['%T OK done', DROP] : undefined) };
    const move = await moveBetween({ folders: { INBOX: many(5) } }, { caps, on }, { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [3, 0], missing: [], doubled: [], alien: [] });
  });

  it.each([
    ['cut', 60, ''],
    ['cut', 60, 'UIDPLUS'],
    ['empty', 0, ''],
    ['empty', 0, 'UIDPLUS'],
  ])('of a message that stands there %s (%i bytes, %s)', async (_, bytes, caps) => {
    const on = {
      APPEND: (context: OddContext) => {
        if (!isThird(context)) return undefined;
        context.store({ raw: context.literal.subarray(0, bytes) });
        return ['%T OK done'];
      },
    };
    const move = await moveBetween({ folders: { INBOX: many(5) } }, { caps, on }, { steps: ['move', 'resume'] });

    expect(move.exits).toEqual([3, 3]);
    expect(move.told).toBe(`destination INBOX: the destination holds ${bytes} bytes of a message of 140`);
    expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['3']);
    // Once more it would stand there in part twice.
    expect(appends(move.destination.log)).toBe(5);
  });

  it('where mail of somebody else came in its place is found out', async () => {
    const on = {
      APPEND: (context: OddContext) => {
        if (!isThird(context)) return undefined;
        context.store({ raw: mail(40) });
        return ['%T OK done'];
      },
    };
    const move = await moveBetween({ folders: { INBOX: many(5) } }, { on });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 3 /)] });
    expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['3']);
  });

  it('where the UID is that of another message of another length is found out', async () => {
    const on = {
      APPEND: (context: OddContext) => {
        if (!isThird(context)) return undefined;
        return [`%T OK [APPENDUID 77 ${context.store({ raw: mail(40, '', 'something else\r\n') })}] done`];
      },
    };
    const move = await moveBetween({ folders: { INBOX: many(5) } }, { caps: 'UIDPLUS LITERAL+', on });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 3 /)] });
    expect(move.told).toMatch(/gives back another message in its place/);
  });
});

describe('a source that is believed too soon', () => {
  it('whose STATUS lags behind EXAMINE by one is looked into each time', async () => {
    const on = {
      STATUS: ({ target, targetName }: OddContext) =>
        target && [
          `* STATUS "${targetName}" (MESSAGES ${target.messages.length - 1} UIDNEXT ${target.uidNext - 1} UIDVALIDITY 77)`,
          '%T OK',
        ],
    };
    const move = await moveBetween({ folders: { INBOX: many(5) }, on }, {}, { steps: ['move', arrival, 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0], missing: [] });
  });

  it('whose STATUS stands still since the first run is looked into by the second one, where INBOX shows it', async () => {
    const stood = new Map<string, readonly [messages: number, uidNext: number]>();
    let isStill = false;
    const on = {
      STATUS: ({ target, targetName }: OddContext) => {
        if (!target) return undefined;
        if (!isStill) stood.set(targetName, [target.messages.length, target.uidNext]);
        const [messages, uidNext] = stood.get(targetName) ?? [0, 1];
        return [`* STATUS "${targetName}" (MESSAGES ${messages} UIDNEXT ${uidNext} UIDVALIDITY 77)`, '%T OK'];
      },
    };
    const move = await moveBetween(
      { folders: { INBOX: many(5), Later: box(mail(21)) }, on },
      {},
      {
        steps: [
          'move',
          ({ source: { folders } }) => {
            isStill = true;
            arrives(folders.INBOX!, mail(9));
            arrives(folders.Later!, mail(22));
          },
          'resume',
        ],
      },
    );

    expect(move).toMatchObject({ exits: [0, 0], missing: [] });
    expect(move.said).toMatch(/STATUS of the source does not tell what INBOX holds/);
  });

  it('that cuts a message at each run does not pass for one that estimates its sizes', async () => {
    const on = {
      'UID FETCH': (context: OddContext) =>
        context.wants('BODY')
          ? context.rows(({ uid, raw }) => (uid === 2 ? { raw: raw.subarray(0, raw.length - 5) } : undefined))
          : undefined,
    };
    const steps = ['move', 'resume', 'resume'] as const;
    const move = await moveBetween({ folders: { INBOX: many(5) }, on }, {}, { steps });

    expect(move.exits).toEqual([3, 3, 3]);
    expect(move.told).toMatch(/lists this message with 140 bytes and gives 135/);
  });
});

describe('a destination that lets no further connection in', () => {
  it('is not waited for only to look once more: that is noted, and the next run looks', async () => {
    let limit = 3;
    const onAuth = ({ connection }: { readonly connection: OddConnection }): readonly Item[] | undefined =>
      connection.number > limit ? ['%T NO [LIMIT] Rate limit hit.'] : undefined;
    const later = () => {
      limit = 99;
    };
    const dropped = ({ destination }: OddWorld) => void destination.folders.INBOX!.messages.splice(1, 1);
    const move = await moveBetween(
      { folders: { INBOX: many(5) } },
      { caps: 'UIDPLUS', onAuth },
      {
        steps: ['move', dropped, later, 'resume'],
      },
    );

    expect(move.exits).toEqual([0, 3]);
    expect(move.notes.map(({ sample }) => sample)).toEqual([
      expect.stringMatching(/not looked at on a later connection/),
    ]);
    expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['2']);
  });
});
