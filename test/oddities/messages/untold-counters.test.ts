import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import {
  arrives,
  box,
  DROP,
  type Item,
  mail,
  type OddContext,
  type OddFolder,
  type OddSpec,
} from '../../support/odd-server.js';

const WHOLE = { missing: [], doubled: [], alien: [], open: [] };

/** One more message comes between two runs. */
const TWICE = {
  steps: [
    'move',
    ({ source }: { source: { folders: Record<string, OddFolder> } }) => void arrives(source.folders.INBOX!, mail(9)),
    'resume',
  ],
} as const;

/** STATUS gives only these items. */
const status = (items: (folder: OddFolder) => string): OddSpec['on'] => ({
  STATUS: ({ target, args }) => target && [`* STATUS ${args.replace(/ \(.*/, '')} (${items(target)})`, '%T OK STATUS'],
});

const opening = (change: (line: string) => string | null): OddSpec['on'] => {
  const changed = (context: OddContext): Item[] =>
    context.normal().flatMap((item): Item[] => {
      const changed = typeof item === 'string' ? change(item) : item;
      return changed === null ? [] : [changed];
    });
  return { EXAMINE: changed, SELECT: changed };
};

describe('a destination whose STATUS does not tell how a folder stands', () => {
  it.each([
    ['nothing at all', () => ''],
    ['only how many messages there are', ({ messages }: OddFolder) => `MESSAGES ${messages.length}`],
    ['no UIDVALIDITY', ({ messages, uidNext }: OddFolder) => `MESSAGES ${messages.length} UIDNEXT ${uidNext}`],
    [
      'a UIDVALIDITY of 0',
      ({ messages, uidNext }: OddFolder) => `UIDVALIDITY 0 MESSAGES ${messages.length} UIDNEXT ${uidNext}`,
    ],
    ['numbers over 32 bits', () => 'UIDVALIDITY 77 MESSAGES 5000000000 UIDNEXT 99999999999'],
    ['negative numbers', () => 'UIDVALIDITY -77777777777 MESSAGES -3 UIDNEXT -1'],
    ['words', () => 'UIDVALIDITY x MESSAGES many UIDNEXT soon HIGHESTMODSEQ (1 2)'],
  ])('is asked by SELECT: %s', async (_what, items) => {
    for (const caps of ['', 'UIDPLUS']) {
      const move = await moveBetween({}, { caps, on: status(items) }, TWICE);
      expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
    }
  });

  it('keeps what lay there before, and takes it for what it is', async () => {
    const move = await moveBetween({}, { folders: { INBOX: box(mail(1), mail(2)) }, on: status(() => '') });
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
    expect(move.mailbox.counts).toMatchObject({ copied: 1, matched: 2 });
  });

  it.each([
    [
      'writes the name without quotes',
      ({ targetName, target }: OddContext) =>
        target && [
          `* STATUS ${targetName} (MESSAGES ${target.messages.length} UIDNEXT ${target.uidNext} UIDVALIDITY 77)`,
          '%T OK',
        ],
    ],
    [
      'writes another name',
      ({ target }: OddContext) => target && ['* STATUS else (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 77)', '%T OK'],
    ],
    ['answers without a row', () => ['%T OK STATUS done']],
    ['refuses', () => ['%T NO STATUS Error opening mailbox']],
    ['sends a row that cannot be read', () => ['* STATUS "Alte Post (MESSAGES', '%T OK']],
  ])('is asked by SELECT where it %s', async (_what, answer: (context: OddContext) => string[] | undefined) => {
    const folders = { INBOX: box(mail(1)), 'Alte Post': box(mail(4), mail(5)) };
    const move = await moveBetween(
      { folders },
      { folders: { INBOX: box(), 'Alte Post': box() }, on: { STATUS: answer } },
    );
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
  });
});

describe('a destination whose STATUS is out of date', () => {
  const outOfDate = status(() => 'MESSAGES 0 UIDNEXT 1 UIDVALIDITY 77');

  it('is not filled a second time where STATUS calls a full folder empty', async () => {
    const there = { folders: { INBOX: box(mail(1), mail(2)) }, on: outOfDate };
    const move = await moveBetween({}, there, TWICE);
    expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
  });

  it('is not sent again what it stored of a run that was broken off', async () => {
    let drops = 1;
    const storesAndDrops = (context: OddContext): readonly Item[] | undefined => {
      if (!/message 2\r/.test(String(context.literal)) || drops-- <= 0) return undefined;
      context.store();
      return [DROP];
    };
    const move = await moveBetween({}, { on: { ...outOfDate, APPEND: storesAndDrops } }, TWICE);
    expect(drops).toBeLessThan(1);
    expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
  });

  it('is opened before the first message only where the folder was there before and is called empty', async () => {
    const folders = { INBOX: box(mail(1)), Work: box(mail(2)), Full: box(mail(3)) };
    const move = await moveBetween({ folders }, { folders: { INBOX: box(), Full: box(mail(3)) } });
    const opened = (folder: string) => {
      const { log } = move.destination;
      const first = log.findIndex((line) => line.includes(`APPEND "${folder}"`));
      return log.slice(0, first).filter((line) => line.includes(`SELECT "${folder}"`)).length;
    };
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
    expect([opened('INBOX'), opened('Work')]).toEqual([1, 0]);
  });
});

describe('a folder whose opening leaves something out', () => {
  it.each([
    [
      'blanks before and behind the numbers',
      (line: string) =>
        line
          .replace(/^\* (\d+) EXISTS/, '*   $1   EXISTS ')
          .replace('[UIDVALIDITY ', '[UIDVALIDITY  ')
          .replace('[UIDNEXT ', '[UIDNEXT   '),
    ],
    ['UIDVALIDITY 0', (line: string) => line.replace('UIDVALIDITY 77', 'UIDVALIDITY 0')],
    ['a UIDVALIDITY that was printed with a sign', (line: string) => line.replace('UIDVALIDITY 77', 'UIDVALIDITY -17')],
    ['a UIDNEXT over 32 bits', (line: string) => line.replace(/UIDNEXT \d+/, 'UIDNEXT 99999999999')],
    ['a negative UIDNEXT', (line: string) => line.replace(/UIDNEXT \d+/, 'UIDNEXT -4')],
    [
      'a MODSEQ that is none',
      (line: string) => line.replace(/UIDNEXT (\d+)/, 'HIGHESTMODSEQ 123456789012345678901234567890'),
    ],
    ['no UIDNEXT', (line: string) => (/UIDNEXT/.test(line) ? null : line)],
    ['no EXISTS', (line: string) => (/EXISTS/.test(line) ? null : line)],
  ])('is copied once: %s', async (_what, change) => {
    for (const side of ['source', 'destination'] as const) {
      const odd = { on: { ...opening(change), ...status(() => '') } };
      const move = await (side === 'source' ? moveBetween(odd, {}, TWICE) : moveBetween({}, odd, TWICE));
      expect(move, side).toMatchObject({ ...WHOLE, exits: [0, 0] });
      expect(move.said).not.toMatch(/UIDVALIDITY changed/);
    }
  });
});
