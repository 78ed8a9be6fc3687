import { describe, expect, it } from 'vitest';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { moveBetween } from '../../support/odd-move.js';
import { arrives, box, DROP, mail, type OddSpec, type Reply, three } from '../../support/odd-server.js';

const whole = { missing: [], doubled: [], alien: [] };
const created =
  (change: (name: string) => string): Reply =>
  (context) => {
    const { targetName, folders } = context;
    const name = change(targetName);
    if (folders[name]) return ['%T NO [ALREADYEXISTS] exists'];
    folders[name] = box();
    return ['%T OK created'];
  };

describe('names that a destination changes', () => {
  it('copies into the folder that came back trimmed, and there again in the next pass', async () => {
    const unknown: Reply = ({ targetName }) => (/^ | $/.test(targetName) ? ['%T BAD no such name'] : undefined);
    const on = { SELECT: unknown, STATUS: unknown, APPEND: unknown, CREATE: created((name) => name.trim()) };
    const folders = { ...three(), 'Post ': box(mail(4)), ' vorn': box(mail(5)) };

    const move = await moveBetween(
      { folders },
      { on },
      { steps: ['move', ({ source }) => void arrives(source.folders['Post ']!, mail(9)), 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], ...whole });
    expect(Object.keys(move.destination.folders).toSorted()).toEqual(['INBOX', 'Post', 'vorn']);
    expect(move.said).toMatch(/renamed this folder: it was made as “Post ” and is called “Post”/);
    expect(move.destination.log.filter((line) => /CREATE/.test(line))).toHaveLength(2);
  });

  it('says that two folders became one, and keeps messages that both hold', async () => {
    const folders = { ...three(), 'Post ': box(mail(4), mail(6)), Post: box(mail(5), mail(6)) };

    const move = await moveBetween({ folders }, { nameIn: (name) => name.trim() }, { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0], ...whole });
    expect(move.said).toMatch(/“Post ” and “Post” go into one folder there/);
  });

  it('says that a destination takes modified UTF-7 for letters', async () => {
    const folders = { ...three(), 'M&AOQ-rz': box(mail(4)) };

    const move = await moveBetween({ folders }, { nameOut: (name) => name.replaceAll('&', '&-') });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(move.said).toMatch(/takes modified UTF-7 for letters/);
  });

  it.each([
    ['folds to capitals', (name: string) => name.replace('bersicht', 'BERSICHT'), 'Übersicht', '&ANw-BERSICHT'],
    ['cuts', (name: string) => name.slice(0, 20), 'Protokolle der Sitzungen!', 'Protokolle der Sitzu'],
    ['replaces', (name: string) => name.replaceAll('?', '_'), 'Was nun?', 'Was nun_'],
  ])('follows a destination that %s names', async (_, change, name, kept) => {
    const wire = name === 'Übersicht' ? '&ANw-bersicht' : name;
    const strict: Reply = ({ args, targetName, folders }) =>
      folders[targetName] || /inbox/i.test(args) ? undefined : ['%T NO [NONEXISTENT] no such folder'];
    const on = { CREATE: created(change), STATUS: strict, SELECT: strict, APPEND: strict };

    const move = await moveBetween(
      { folders: { ...three(), [wire]: box(mail(4)) } },
      { on },
      { steps: ['move', 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], ...whole });
    expect(move.destination.folders[kept]?.messages).toHaveLength(1);
  });
});

describe('names that a destination refuses', () => {
  const long = 'x'.repeat(60);
  const CREATE: Reply = ({ targetName, folders }) => {
    const name = targetName;
    if (name === 'Reserviert') return ['%T NO [CANNOT] not allowed'];
    if (name.length > 40) return ['%T BAD [CLIENTBUG] Folder name is too large.'];
    const twin = Object.keys(folders).some((other) => other !== name && other.toLowerCase() === name.toLowerCase());
    return twin ? ['%T NO [ALREADYEXISTS] conflicts with existing folder'] : undefined;
  };

  it('says of each what it collides with, or how long it is, and the option to paste', async () => {
    const folders = {
      ...three(),
      Werk: box(mail(4)),
      werk: box(mail(5)),
      [long]: box(mail(6)),
      Reserviert: box(mail(7)),
    };

    const move = await moveBetween({ folders }, { on: { CREATE } });

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(3);
    const advice = Object.fromEntries(
      move.open.map(({ folder, verdict }) => [folder, adviceText(verdict.advice, 'x')]),
    );
    expect(advice.werk).toMatch(/takes werk and Werk for one name.*--map 'werk=werk_2'/);
    expect(advice[long]).toMatch(/is 60 bytes long.*--map 'x{60}=x{30}_2'/);
    expect(advice.Reserviert).toMatch(/--map 'Reserviert=Reserviert_2'/);
  });

  it('takes the options that it offers', async () => {
    const folders = {
      ...three(),
      Werk: box(mail(4)),
      werk: box(mail(5)),
      [long]: box(mail(6)),
      Reserviert: box(mail(7)),
    };
    const map = [
      { from: 'werk', to: 'werk_2' },
      { from: long, to: `${'x'.repeat(30)}_2` },
      { from: 'Reserviert', to: 'Reserviert_2' },
    ];

    const move = await moveBetween({ folders }, { on: { CREATE } }, { options: { map } });

    expect(move).toMatchObject({ exit: 0, ...whole });
  });

  it('recognises once that folders cannot hold mail and folders, and offers both ways out', async () => {
    const folders = { ...three(), Team: box(mail(4)), 'Team/Bau': box(mail(5)), 'Team/Plan': box(mail(6)) };
    const noChildren: Reply = ({ targetName }) =>
      /^Team\//.test(targetName) ? ['%T NO [CANNOT] Mailbox exists with no children'] : undefined;

    const move = await moveBetween({ folders }, { on: { CREATE: noChildren } });

    expect(move).toMatchObject({ exit: 3, doubled: [] });
    expect(move.open).toHaveLength(1);
    expect(move.told).toMatch(/below a folder that holds mail: Team\/Bau, Team\/Plan/);
    expect(adviceText(move.open[0]?.verdict.advice ?? null, 'x')).toMatch(
      /--map 'Team\/Bau=Team_Bau' --map 'Team\/Plan=Team_Plan'/,
    );
    expect(adviceText(move.open[0]?.verdict.advice ?? null, 'x')).toMatch(
      /--map 'Team=Team\/Team' --map 'Team\/Bau=Team\/Bau'/,
    );
  });

  it('also makes the folder where the refusal sounds like missing rights and the parent is listed without children', async () => {
    const folders = { ...three(), Team: box(mail(4)), 'Team/Bau': box(mail(5)), 'Team/Bau/Alt': box(mail(6)) };
    const on: OddSpec['on'] = {
      CREATE: ({ targetName }) => (/^Team\//.test(targetName) ? ['%T NO CREATE Cannot create mailbox'] : undefined),
      LIST: (context) =>
        context
          .normal()
          .map((item) => (typeof item === 'string' ? item.replace('* LIST ()', '* LIST (\\NoInferiors)') : item)),
    };

    const move = await moveBetween({ folders }, { on }, { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [3, 3], doubled: [] });
    expect(move.told).toMatch(/below a folder that holds mail: Team\/Bau, Team\/Bau\/Alt/);
    // The list of needs asks for what the rule asks for: no rights are missing.
    expect(move.open[0]?.verdict.rule).toBe('folder-name');
    const advice = adviceText(move.open[0]?.verdict.advice ?? null, 'x');
    expect(advice).toMatch(/--map 'Team\/Bau=Team_Bau' --map 'Team\/Bau\/Alt=Team_Bau_Alt'/);
    expect(advice).toMatch(
      /--map 'Team=Team\/Team' --map 'Team\/Bau=Team\/Bau\/Bau' --map 'Team\/Bau\/Alt=Team\/Bau\/Alt'/,
    );
    expect(move.open).toHaveLength(1);
  });

  it('speaks of rights where they are missing and the folder above may have children', async () => {
    const folders = { ...three(), Team: box(mail(4)), 'Team/Bau': box(mail(5)) };
    const refuses: Reply = ({ targetName }) =>
      targetName === 'Team/Bau' ? ['%T NO CREATE Cannot create mailbox'] : undefined;

    const move = await moveBetween({ folders }, { on: { CREATE: refuses } });

    expect(adviceText(move.open[0]?.verdict.advice ?? null, 'x')).toMatch(/Access rights/);
  });

  it.each([['NOPERM'], ['OVERQUOTA'], ['SERVERBUG']])(
    'says of a folder that is refused by %s which it is, and offers no other name: none would help',
    async (code) => {
      const folders = { ...three(), Team: box(mail(4)), 'Team/Bau': box(mail(5)) };
      const refuses: Reply = ({ targetName }) => (targetName === 'Team/Bau' ? [`%T NO [${code}] Denied`] : undefined);

      const move = await moveBetween({ folders }, { on: { CREATE: refuses } });

      expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 5/)], doubled: [] });
      expect(move.open).toMatchObject([{ folder: 'Team/Bau', command: 'CREATE' }]);
      expect(adviceText(move.open[0]?.verdict.advice ?? null, 'x')).not.toMatch(/--map/);
    },
  );

  it('says of a folder without a response code that a right is missing, and offers no other name', async () => {
    const folders = { ...three(), Team: box(mail(4)), 'Team/Bau': box(mail(5)) };
    const refuses: Reply = ({ targetName }) => (targetName === 'Team/Bau' ? ['%T NO Permission denied'] : undefined);

    const move = await moveBetween({ folders }, { on: { CREATE: refuses } });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 5/)] });
    expect(move.open).toMatchObject([{ folder: 'Team/Bau', command: 'CREATE' }]);
    expect(adviceText(move.open[0]?.verdict.advice ?? null, 'x')).toMatch(/^Access rights forbid this/);
  });

  it('says of a folder that was made and is not shown that most often a right is missing', async () => {
    const folders = { ...three(), Closed: box(mail(4)) };
    const made: Reply = ({ targetName }) => (targetName === 'Closed' ? ['%T OK created'] : undefined);
    const hidden: Reply = ({ targetName }) =>
      targetName === 'Closed' ? ["%T NO Mailbox doesn't exist: Closed"] : undefined;

    const move = await moveBetween({ folders }, { on: { CREATE: made, STATUS: hidden } });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 4/)] });
    expect(adviceText(move.open[0]?.verdict.advice ?? null, 'x')).toMatch(
      /^The destination said OK when Closed was made, and shows no such folder.*a right is missing: give the login all rights on Closed.*--map 'Closed=Closed_2'/,
    );
  });

  it('names a folder under whose CREATE the connection drops, and copies the others', async () => {
    const dies: Reply = ({ targetName }) => (targetName === 'Tot' ? [DROP] : undefined);
    const folders = { ...three(), Alt: box(mail(4)), Tot: box(mail(8)), Zeit: box(mail(5)) };

    const move = await moveBetween({ folders }, { on: { CREATE: dies } });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 8/)], doubled: [] });
    expect(move.told).toMatch(/^destination Tot: /m);
    expect(move.took).toBeLessThan(90_000);
  });
});

describe('ordinary names', () => {
  it('are made without a look at them', async () => {
    const folders = { ...three(), Work: box(mail(4)), 'Sent Items': box(mail(5)), 'Archive/2020': box(mail(6)) };

    const move = await moveBetween({ folders });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(move.destination.log.filter((line) => /\bLIST /.test(line))).toHaveLength(1);
  });
});
