import { describe, expect, it } from 'vitest';
import { readBatchFiles } from '../../../src/commands/desk/batch-files.js';
import { quarantine } from '../../../src/engine/quarantine/quarantine.js';
import { selectDoubles } from '../../../src/engine/quarantine/selected.js';
import { undoQuarantine } from '../../../src/engine/quarantine/undo.js';
import type { Disk } from '../../../src/store/documents/disk.js';
import type { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { Crash, CrashDisk } from '../../store/crash-disk.js';
import { LocksInMemory, passwords } from '../../support/night-batch.js';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import {
  DROP,
  many,
  type OddContext,
  type OddFolders,
  type OddSpec,
  type Reply,
  serve,
} from '../../support/odd-server.js';

const AWAY = 'Nightferry duplicates';

/** The state folder and the destination at one moment. */
interface Moment {
  readonly disk: Disk;
  readonly folders: OddFolders;
}

/** A batch of six messages after its first night, of which 2 and 4 were stored late and stand twice. */
async function twoStandTwice(caps: string): Promise<OddWorld> {
  const [dropped, again] = [new Set<string>(), new Set<string>()];
  const move = await moveBetween(
    { folders: { INBOX: many(6) } },
    {
      caps,
      on: {
        APPEND: (context: OddContext) => {
          const text = String(context.literal);
          if (!/Subject: message [24]\r\n/.test(text)) return undefined;
          if (!dropped.has(text)) return dropped.add(text) && [DROP];
          if (again.has(text)) return undefined;
          again.add(text);
          const answer = context.normal();
          context.store();
          return answer;
        },
      },
    },
  );
  expect(move.mailbox.doubled).toBe(2);
  return move;
}

const SUBJECTS = [1, 2, 3, 4, 5, 6];
/** Numbers of the messages of a folder that are not marked as deleted. */
const shown = (folders: OddFolders, name: string): number[] =>
  (folders[name]?.messages ?? [])
    .filter(({ flags }) => !flags.includes('\\Deleted'))
    .map(({ raw }) => Number(/Subject: message (\d+)/.exec(String(raw))![1]))
    .sort();

/** Orders at one moment, each by a process of its own. */
class Desk {
  constructor(
    private readonly world: OddWorld,
    private readonly spec: OddSpec,
    readonly now: Moment,
  ) {}

  quarantine() {
    return this.#at(async (rest) => {
      const found = selectDoubles(rest.batch.mailboxes, rest.records, { mailboxes: [], folders: [] });
      return found.length === 0 ? [] : (await quarantine(rest, found, AWAY, async () => {})).outcomes;
    });
  }

  undo(id: number) {
    return this.#at((rest) => undoQuarantine(rest, rest.decisions.find(id)!));
  }

  /** Numbers of the quarantines that are not undone, the last one first. */
  async standing(): Promise<number[]> {
    const decisions = await this.world.files.open(this.now.disk).decisions();
    return decisions.all
      .filter(({ action, scope }) => action.do === 'quarantine' && scope.some(({ state }) => state !== 'undone'))
      .filter(({ action }) => action.do === 'quarantine' && action.moved.length > 0)
      .map(({ id }) => id)
      .reverse();
  }

  async doubled(): Promise<number> {
    const record = await this.world.files.open(this.now.disk).mailbox('ann');
    return record.errors.doubled;
  }

  async #at<T>(work: (rest: Parameters<typeof undoQuarantine>[0]) => Promise<T>): Promise<T> {
    const { clock, files } = this.world;
    const server = await serve({ ...this.spec, folders: this.now.folders }, clock);
    const store = files.open(this.now.disk);
    try {
      const { decisions, records } = await readBatchFiles(store);
      const { batch } = files;
      const workspace = new LocksInMemory('/nowhere');
      const connect = () => server.connect();
      const rest = { batch, workspace, records, decisions, credentials: passwords, connect, clock, by: 'eva' };
      return await clock.until(work(rest));
    } finally {
      await server.stop();
    }
  }
}

function copyOf(folders: OddFolders): OddFolders {
  const entries = Object.entries(folders).map(([name, folder]) => {
    const messages = folder.messages.map((message) => ({ ...message, flags: [...message.flags] }));
    return [name, { ...folder, messages }] as const;
  });
  return Object.fromEntries(entries);
}

/** Gives an order to a machine that dies after each number of steps of its disk. @returns what it may leave behind */
async function killedAtEachStep(
  world: OddWorld,
  spec: OddSpec,
  start: Moment & { readonly disk: MemoryDisk },
  order: (desk: Desk) => Promise<unknown>,
): Promise<Moment[]> {
  const left: Moment[] = [];
  for (let steps = 0; ; steps++) {
    const disk = new CrashDisk(start.disk);
    disk.stepsLeft = steps;
    const folders = copyOf(start.folders);
    const died = await order(new Desk(world, spec, { disk, folders })).then(
      () => false,
      (error: unknown) => error instanceof Crash || expect.unreachable(String(error)),
    );
    if (!died) return left;
    const [killed, ...cut] = disk.remains();
    for (const remains of [killed!, cut.at(-1)!]) left.push({ disk: remains, folders: copyOf(folders) });
  }
}

/** The same with a connection that drops when the server has done a command, and before its answer. */
async function cutAtEachCommand(world: OddWorld, spec: OddSpec, start: Moment & { readonly disk: MemoryDisk }) {
  const left: Moment[] = [];
  for (let commands = 0; ; commands++) {
    let done = 0;
    const cut: Reply = (context) => {
      if (done++ !== commands) return undefined;
      context.normal();
      return [DROP];
    };
    const on = Object.fromEntries(
      ['UID FETCH', 'UID COPY', 'UID MOVE', 'UID STORE', 'UID SEARCH'].map((verb) => [verb, cut]),
    );
    const [disk, folders] = [new CrashDisk(start.disk), copyOf(start.folders)];
    const outcomes = await new Desk(world, { ...spec, on }, { disk, folders }).quarantine();
    if (outcomes.every(({ kind }) => kind === 'moved')) return left;
    left.push({ disk: disk.remains()[0]!, folders });
  }
}

const WAYS: readonly (readonly [name: string, caps: string])[] = [
  ['MOVE', 'MOVE UIDPLUS'],
  ['MOVE, no UIDs told', 'MOVE'],
  ['COPY', 'UIDPLUS'],
  ['COPY, no UIDs told', ''],
];

describe.each(WAYS)('a quarantine that is killed at any step (%s)', (_, caps) => {
  const spec: OddSpec = { caps };
  const expectBack = async (desk: Desk) => {
    expect(shown(desk.now.folders, 'INBOX')).toEqual([1, 2, 2, 3, 4, 4, 5, 6]);
    expect(shown(desk.now.folders, AWAY)).toEqual([]);
    expect(await desk.doubled()).toBe(2);
  };

  const expectAgainAndUndone = async (desk: Desk) => {
    const { folders } = desk.now;
    for (const outcome of await desk.quarantine())
      expect(outcome).toMatchObject({ kind: 'moved', differ: expect.objectContaining({ size: 0 }) });
    expect(shown(folders, 'INBOX')).toEqual(SUBJECTS);
    expect(new Set(shown(folders, AWAY))).toEqual(new Set([2, 4]));
    expect(await desk.doubled()).toBe(0);
    await expectUndone(desk);
    expect(shown(folders, 'INBOX')).toEqual([1, 2, 2, 3, 4, 4, 5, 6]);
    expect(await desk.doubled()).toBe(2);
  };
  const expectUndone = async (desk: Desk) => {
    for (const id of await desk.standing())
      for (const outcome of await desk.undo(id))
        expect(outcome).toMatchObject({ kind: 'back', notFound: expect.objectContaining({ size: 0 }) });
  };

  it('is given again, and undone: nothing is lost, left behind or called removed', async () => {
    const world = await twoStandTwice(caps);
    const start = { disk: world.files.disk, folders: world.destination.folders };
    const killed = await killedAtEachStep(world, spec, start, (desk) => desk.quarantine());
    expect(killed.length).toBeGreaterThan(20);
    for (const moment of killed) await expectAgainAndUndone(new Desk(world, spec, moment));
  });

  it('is so too where the connection drops between a command and its answer', async () => {
    const world = await twoStandTwice(caps);
    const cut = await cutAtEachCommand(world, spec, { disk: world.files.disk, folders: world.destination.folders });
    expect(cut.length).toBeGreaterThan(2);
    for (const moment of cut) await expectAgainAndUndone(new Desk(world, spec, moment));
  });

  it('is undone at once', async () => {
    const world = await twoStandTwice(caps);
    const start = { disk: world.files.disk, folders: world.destination.folders };
    for (const moment of await killedAtEachStep(world, spec, start, (desk) => desk.quarantine())) {
      const desk = new Desk(world, spec, moment);
      await expectUndone(desk);
      await expectBack(desk);
    }
  });

  it('is undone by an order that is killed itself, and given again', async () => {
    const world = await twoStandTwice(caps);
    const now = { disk: world.files.disk, folders: copyOf(world.destination.folders) };
    await new Desk(world, spec, now).quarantine();
    for (const moment of await killedAtEachStep(world, spec, now, (desk) => desk.undo(1))) {
      const desk = new Desk(world, spec, moment);
      await expectUndone(desk);
      await expectBack(desk);
    }
  });
});
