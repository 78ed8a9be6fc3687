import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { arrives, box, mail, many, type OddContext, type OddSpec } from '../../support/odd-server.js';

const WHOLE = { missing: [], doubled: [], alien: [], open: [] };

/** As GNU imap4d on a maildir: UIDVALIDITY is the time of day, and the last UID and UIDNEXT are new at each look. */
function timeOfDay(): OddSpec['on'] {
  let time = 1_795_914_000;
  const look = (context: OddContext) => {
    const { target } = context;
    if (!target) return undefined;
    target.uidValidity = time++;
    target.uidNext += 3;
    const last = target.messages.at(-1);
    if (last) last.uid = target.uidNext - 1;
    return context.normal();
  };
  return { EXAMINE: look, SELECT: look, STATUS: look };
}

describe('a server that keeps no UIDs', () => {
  const folders = () => ({ INBOX: many(30), Archive: many(12, 31), Work: many(5, 51), Empty: box() });

  it('is copied whole as a source, and said to be one', async () => {
    const move = await moveBetween({ folders: folders(), on: timeOfDay() }, { caps: 'UIDPLUS' });
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
    expect(move.said).toMatch(/this server keeps no UIDs/);
    expect(move.notes.map(({ sample }) => sample).join('\n')).toMatch(/this server keeps no UIDs/);
    expect(move.mailbox.counts.vanished).toBe(0);
  });

  it('is known again by its content in a later run', async () => {
    const later = ({ source }: { source: { folders: Record<string, ReturnType<typeof box>> } }) =>
      void arrives(source.folders.INBOX!, mail(99));
    const move = await moveBetween(
      { folders: folders(), on: timeOfDay() },
      { caps: 'UIDPLUS' },
      { steps: ['move', later, 'resume'] },
    );
    expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
  });

  it.each(['', 'UIDPLUS'])('is filled whole as a destination: %s', async (caps) => {
    const move = await moveBetween({ folders: folders() }, { caps, on: timeOfDay() }, { steps: ['move', 'resume'] });
    expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
    expect(move.said).toMatch(/this server keeps no UIDs/);
  });

  it('has a waiting for late stores that ends', async () => {
    let drops = 1;
    const on = timeOfDay();
    const move = await moveBetween(
      { folders: folders() },
      {
        on: {
          ...on,
          APPEND: (context) => {
            if (drops-- <= 0) return undefined;
            context.store();
            return ['* BYE'];
          },
        },
      },
    );
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
  });
});

describe('a source whose UIDVALIDITY is another one on each connection', () => {
  it('is copied whole', async () => {
    const perConnection = (context: OddContext) =>
      context
        .normal()
        .map((item) =>
          typeof item === 'string'
            ? item.replace('UIDVALIDITY 77', `UIDVALIDITY ${77 + context.connection.number}`)
            : item,
        );
    const move = await moveBetween({ on: { EXAMINE: perConnection, STATUS: perConnection } });
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
  });
});

describe('a UIDVALIDITY that changes once while the mailbox is copied', () => {
  it('takes no count of one folder for another one, though the answers of several come in one packet', async () => {
    const folders = { INBOX: many(2), Work: many(5, 11), Zoo: many(30, 21) };
    let appended = 0;
    const move = await moveBetween(
      { folders },
      {
        writes: 'together',
        on: {
          APPEND: () => void appended++,
          // As an mbox whose UIDVALIDITY is written into it with its first message (GNU Mailutils).
          SELECT: ({ folders, args }) => {
            if (appended === 37 && args.includes('Zoo'))
              for (const folder of Object.values(folders)) folder.uidValidity = 78;
            return undefined;
          },
        },
      },
    );
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
    expect(move.said).toMatch(/UIDVALIDITY of \w+ changed/);
    expect(move.said).not.toMatch(/may be there and is not sent again/);
    expect(move.mailbox.counts).toMatchObject({ copied: 37, matched: 0 });
    expect(move.destination.log.filter((line) => /UID FETCH \S+ \(UID\)$/.test(line))).toEqual([]);
  });

  it('is a clean start, and its side is named', async () => {
    let opened = 0;
    const folders = { INBOX: many(3), Later: many(2, 4) };
    const move = await moveBetween({
      folders,
      on: {
        EXAMINE: (context) => {
          if (context.targetName === 'Later' && ++opened === 2) context.target!.uidValidity++;
          return undefined;
        },
      },
    });
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
    expect(move.said).not.toMatch(/keeps no UIDs/);
    expect(move.log.filter(({ text }) => /UIDVALIDITY of Later changed/.test(text)).map(({ side }) => side)).toEqual([
      'source',
    ]);
  });
});
