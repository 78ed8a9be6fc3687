import { describe, expect, it } from 'vitest';
import { needsOperator } from '../../../src/protocol/entities.js';
import { moveBetween, type OddWorld, type Step } from '../../support/odd-move.js';
import { DROP, many, type OddContext, type OddSpec } from '../../support/odd-server.js';

/** Drops the line at these messages, and stores what it had received of them only when they come again. */
function storesLate(numbers: readonly number[], caps = 'UIDPLUS'): OddSpec {
  const held = new Set<string>();
  return {
    caps,
    on: {
      APPEND: (context: OddContext) => {
        const text = String(context.literal);
        if (!numbers.some((number) => text.includes(`Subject: message ${number}\r\n`))) return undefined;
        if (!held.has(text)) {
          held.add(text);
          return [DROP];
        }
        const answer = context.normal();
        if (held.delete(`${text} twice`)) return answer;
        held.add(`${text} twice`);
        context.store();
        return answer;
      },
    },
  };
}

const inbox = ({ destination }: OddWorld) => destination.folders.INBOX!;
const removes =
  (...which: readonly number[]): Step =>
  (world) => {
    const second = new Set<string>();
    let n = 0;
    inbox(world).messages = inbox(world).messages.filter(({ raw }) => {
      if (!second.has(String(raw))) return second.add(String(raw));
      return !which.includes(++n);
    });
  };

describe('a batch that was stored late, after it was sent again', () => {
  it.each(['UIDPLUS', ''])(
    'is an open failure that names all second copies and needs the operator (%s)',
    async (caps) => {
      const move = await moveBetween({ folders: { INBOX: many(6) } }, storesLate([2, 4], caps), {
        steps: ['move', 'resume'],
      });

      expect(move).toMatchObject({ exits: [3, 3], missing: [], alien: [] });
      expect(move.doubled).toHaveLength(2);
      expect(move.open).toHaveLength(1);
      const [entry] = move.open;
      expect(entry!.verdict.rule).toBe('engine:double');
      expect(entry!.uids.isEmpty).toBe(true);
      const { messages } = inbox(move);
      for (const [there, source] of entry!.doubles!.byDestination) {
        const second = messages.find(({ uid }) => uid === there)!;
        expect(String(second.raw)).toContain(`Subject: message ${source}\r\n`);
      }
      expect([...entry!.doubles!.byDestination.values()].toSorted()).toEqual([2, 4]);
      expect(entry!.sample).toMatch(
        /^messages that stand twice at the destination: 2, the second copies are UID [\d:,]+ there, of source UID 2,4$/,
      );
      expect(move.mailbox).toMatchObject({
        errors: 1,
        doubled: 2,
        counts: { copied: 6, failed: 0, left: 0 },
        state: {
          kind: 'incomplete',
          left: 0,
          because: { key: 'short', by: [{ kind: 'doubled', copies: 2, folders: 1 }] },
        },
      });
      expect(needsOperator(move.mailbox)).toBe(true);
    },
  );

  it('is over when somebody has removed the second copies, and smaller when they removed some', async () => {
    const steps: Step[] = ['move', removes(1), 'resume'];
    const some = await moveBetween({ folders: { INBOX: many(6) } }, storesLate([2, 4]), { steps });
    expect(some).toMatchObject({ exits: [3, 3] });
    expect(some.open[0]!.doubles!.byDestination.size).toBe(1);

    const all = await moveBetween({ folders: { INBOX: many(6) } }, storesLate([2, 4]), {
      steps: ['move', removes(1, 2), 'resume'],
    });
    expect(all).toMatchObject({ exits: [3, 0], open: [], missing: [], doubled: [] });
    expect(all.mailbox).toMatchObject({ doubled: 0, state: { kind: 'synced' } });
    expect(needsOperator(all.mailbox)).toBe(false);
  });

  const rebuilt: Step = (world) => {
    const folder = inbox(world);
    folder.uidValidity = 88;
    folder.messages = folder.messages.map((message, at) => ({ ...message, uid: at + 11 }));
    folder.uidNext = folder.messages.length + 11;
  };

  it('is over when the folder was made anew and nothing stands twice in it, and the log says so', async () => {
    const steps: Step[] = ['move', removes(1, 2), rebuilt, 'resume'];
    const move = await moveBetween({ folders: { INBOX: many(6) } }, storesLate([2, 4]), { steps });

    expect(move).toMatchObject({ exits: [3, 0], open: [], missing: [], doubled: [] });
    expect(move.said).toMatch(/2 second copies .* UIDs that are void: .* made anew, and nothing stands twice in it/);
  });

  it('is known by its new UIDs when the folder was made anew with it', async () => {
    const steps: Step[] = ['move', removes(1), rebuilt, 'resume', 'resume', removes(1), 'resume'];
    const move = await moveBetween({ folders: { INBOX: many(6) } }, storesLate([2, 4]), { steps: steps.slice(0, 5) });

    expect(move).toMatchObject({ exits: [3, 3, 3], missing: [] });
    expect(move.open).toHaveLength(1);
    const { uidValidity, byDestination } = move.open[0]!.doubles!;
    expect(uidValidity).toBe('88');
    const raw = (uid: number) => String(inbox(move).messages.find((message) => message.uid === uid)!.raw);
    for (const [there, source] of byDestination) expect(raw(there)).toContain(`Subject: message ${source}\r\n`);
    expect(byDestination.size).toBe(1);

    const gone = await moveBetween({ folders: { INBOX: many(6) } }, storesLate([2, 4]), { steps });
    expect(gone).toMatchObject({ exits: [3, 3, 3, 0], open: [], missing: [], doubled: [] });
  });
});
