import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Literal } from '../../../src/engine/imap/grammar/response-reader.js';
import { UidLedger } from '../../../src/store/ledger/uid-ledger.js';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, many, type OddSpec } from '../../support/odd-server.js';

/**
 * Deliberate mistakes in the program, one at a time. The account must notice each: either all mail is there in the
 * end, or the exit code is 3 and the mailbox is not called synced or an entry names what is missing.
 */
const program = vi.hoisted(() => ({ mistake: '' }));

beforeEach(() => {
  program.mistake = '';
  return () => vi.restoreAllMocks();
});

const cut = ({ slices, length }: Literal): Literal => {
  const whole = Buffer.concat(slices as Buffer[]);
  return { slices: [whole.subarray(0, length >> 1)], length: length >> 1 };
};

vi.mock('../../../src/engine/imap/commands/fetch.js', async (load) => {
  const real = await load<typeof import('../../../src/engine/imap/commands/fetch.js')>();
  return {
    ...real,
    fetchWhole: async (...given: Parameters<typeof real.fetchWhole>) => {
      const chunk = await real.fetchWhole(...given);
      const [first, second, ...rest] = chunk.fetched;
      if (!first || !second) return chunk;
      switch (program.mistake) {
        case 'drops a message that came':
          return { ...chunk, fetched: [second, ...rest] };
        case 'cuts a body that came':
          return { ...chunk, fetched: [{ ...first, body: cut(first.body) }, second, ...rest] };
        case 'takes one body for another':
          return { ...chunk, fetched: [{ ...first, body: second.body }, second, ...rest] };
        case 'calls a message gone':
          return { ...chunk, fetched: [second, ...rest], missing: [first.uid] };
        default:
          return chunk;
      }
    },
  };
});

vi.mock('../../../src/engine/imap/commands/scan.js', async (load) => {
  const real = await load<typeof import('../../../src/engine/imap/commands/scan.js')>();
  return {
    ...real,
    scanMessages: async (...given: Parameters<typeof real.scanMessages>) => {
      const [desk, folder, set, items, take] = given;
      const drops = program.mistake === 'loses a row of the list' && items === 'sizes';
      return real.scanMessages(desk, folder, set, items, (row) => {
        if (!(drops && row.uid === 2)) take(row);
      });
    },
  };
});

vi.mock('../../../src/engine/copy/transfer/fetch-missing.js', async (load) => {
  const real = await load<typeof import('../../../src/engine/copy/transfer/fetch-missing.js')>();
  return {
    ...real,
    fetchMissing: async (...given: Parameters<typeof real.fetchMissing>) => {
      if (program.mistake !== 'calls a message gone') return real.fetchMissing(...given);
      const [, job, , missing] = given;
      job.ledger.vanish(missing);
      job.progress.vanished(missing.length);
      return [];
    },
  };
});

vi.mock('../../../src/engine/copy/transfer/chunks.js', async (load) => {
  const real = await load<typeof import('../../../src/engine/copy/transfer/chunks.js')>();
  return {
    ...real,
    *chunksOf(...[todo, alone]: Parameters<typeof real.chunksOf>) {
      const forgets = program.mistake === 'never asks for a message';
      yield* real.chunksOf(forgets ? [...todo].filter(({ uid }) => uid !== 2) : todo, alone);
    },
  };
});

vi.mock('../../../src/engine/copy/transfer/copy-folder.js', async (load) => {
  const real = await load<typeof import('../../../src/engine/copy/transfer/copy-folder.js')>();
  return {
    ...real,
    copyFolder: async (...given: Parameters<typeof real.copyFolder>) =>
      program.mistake === 'does not copy a folder' && given[1].pair.source.name === 'Work'
        ? { done: Promise.resolve() }
        : real.copyFolder(...given),
  };
});

vi.mock('../../../src/engine/copy/map/folder-map.js', async (load) => {
  const real = await load<typeof import('../../../src/engine/copy/map/folder-map.js')>();
  return {
    ...real,
    mapFolders: (...given: Parameters<typeof real.mapFolders>) => {
      const map = real.mapFolders(...given);
      return program.mistake === 'swallows a folder'
        ? { ...map, pairs: map.pairs.filter(({ source }) => source.name !== 'Work') }
        : map;
    },
  };
});

vi.mock('../../../src/engine/mailbox/pass/nothing-to-do.js', async (load) => {
  const real = await load<typeof import('../../../src/engine/mailbox/pass/nothing-to-do.js')>();
  return {
    ...real,
    nothingToDo: (...given: Parameters<typeof real.nothingToDo>) =>
      program.mistake === 'finds nothing to do' || real.nothingToDo(...given),
  };
});

vi.mock('../../../src/engine/imap/commands/append.js', async (load) => {
  const real = await load<typeof import('../../../src/engine/imap/commands/append.js')>();
  return {
    ...real,
    append: async (...given: Parameters<typeof real.append>) => {
      const [session, folder, messages, ...more] = given;
      const send = (these: typeof messages) => real.append(session, folder, these, ...more);
      switch (program.mistake) {
        case 'sends one message of two and believes the OK for both':
          return send(messages.slice(0, -1));
        case 'cuts a body on its way out':
          return send(messages.map((one) => ({ ...one, body: cut(one.body) })));
        default:
          return send(messages);
      }
    },
  };
});

const BATCHES: OddSpec = { caps: 'UIDPLUS LITERAL+ MULTIAPPEND' };
const folders = () => ({
  INBOX: many(6),
  Work: box(mail(11, '', 'x'.repeat(2_000)), mail(12, '', 'y'.repeat(3_000)), mail(13, '', 'z'.repeat(4_000))),
});

const MISTAKES: [mistake: string, destination?: OddSpec][] = [
  ['drops a message that came'],
  ['cuts a body that came'],
  ['takes one body for another'],
  ['calls a message gone'],
  ['loses a row of the list'],
  ['never asks for a message'],
  ['does not copy a folder'],
  ['swallows a folder'],
  ['finds nothing to do'],
  ['sends one message of two and believes the OK for both', BATCHES],
  ['cuts a body on its way out'],
];

describe('a mistake of ours is noticed, where the program', () => {
  it.each(MISTAKES)('%s', async (mistake: string, destination: OddSpec = {}) => {
    program.mistake = mistake;
    const move = await moveBetween({ folders: folders() }, destination);
    const isWhole = move.missing.length + move.doubled.length + move.alien.length === 0;
    if (isWhole && move.exit === 0) return;
    expect(move.exit).toBe(3);
    expect(move.open.length + move.mailbox.counts.left).toBeGreaterThan(0);
    expect(move.mailbox.counts.copied).toBeLessThan(9);
  });

  it('forgets an OK', async () => {
    const settle = UidLedger.prototype.settle;
    let forgotten = false;
    vi.spyOn(UidLedger.prototype, 'settle').mockImplementation(function (this: UidLedger, source, destination) {
      if (!forgotten && source.length > 0) {
        forgotten = true;
        return;
      }
      settle.call(this, source, destination);
    });
    const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS' });
    expect(forgotten).toBe(true);
    expect(move.exit).toBe(3);
    expect(move.told).toMatch(/neither copied nor refused/);
  });

  it('takes no notice of a folder that was refused', async () => {
    const move = await moveBetween(
      {
        folders: folders(),
        on: { EXAMINE: ({ targetName }) => (targetName === 'Work' ? ['%T NO not this'] : undefined) },
      },
      {},
    );
    expect(move.exit).toBe(3);
    expect(move.mailbox.state).toMatchObject({ kind: 'incomplete', left: 3 });
  });

  it('makes none, and the account balances', async () => {
    const move = await moveBetween({ folders: folders() }, {});
    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { copied: 9, left: 0 } });
  });
});
