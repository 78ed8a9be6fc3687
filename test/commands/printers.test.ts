import { describe, expect, it } from 'vitest';
import { jsonPrinter } from '../../src/commands/output/json-printer.js';
import { LineSink } from '../../src/commands/output/line-sink.js';
import { plainPrinter } from '../../src/commands/output/plain-printer.js';
import { type MailboxEntity, NO_COUNTS } from '../../src/protocol/entities.js';
import type { EngineEvent } from '../../src/protocol/events.js';
import { aBatch, aMailbox } from '../support/fake-engine.js';
import { aPrinter, copying, failure, VERDICT } from './a-printer.js';
import { Paper } from './an-operator.js';

describe('plain lines', () => {
  it('say what begins, where it stands every few seconds, and what changes', async () => {
    const { paper, time, show } = aPrinter(plainPrinter);
    await show({ type: 'batch', batch: aBatch({ mailboxes: 2 }) }, { type: 'mailbox', mailbox: aMailbox('ann') });
    await show(copying(4_000));
    for (let i = 0; i < 20; i += 1) {
      time.now += 500;
      await show(copying(3_800));
    }
    await show({
      type: 'mailbox',
      mailbox: aMailbox('ann', {
        state: {
          kind: 'held',
          because: { key: 'told', text: 'wrong password' },
          asks: { key: 'as-written', text: 'the right one' },
        },
      }),
    });
    expect(paper.lines).toEqual([
      '2026-03-01T23:12:05Z batch school: 2 mailboxes from imaps://old.example:993 to imaps://new.example:993',
      '2026-03-01T23:12:05Z ann@new.example copying',
      '2026-03-01T23:12:05Z ann@new.example INBOX: 1,200 of 5,000 messages (24%), 2.0 MB copied',
      '2026-03-01T23:12:15Z ann@new.example held: wrong password -> the right one',
    ]);
  });

  it('name the large message that is under way, and how far it is', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    const message = { side: 'destination', bytes: 12.3 * 1024 ** 2, moved: 5.9 * 1024 ** 2, left: 100_000 } as const;
    const mailbox = (more: Partial<MailboxEntity>) =>
      ({
        type: 'mailbox',
        mailbox: aMailbox('ann', { state: { kind: 'copying' }, folder: 'INBOX', ...more }),
      }) as const;
    await show({ type: 'batch', batch: aBatch({ mailboxes: 1 }) }, mailbox({}), mailbox({ message }));
    expect(paper.lines.at(-1)).toContain('; 12.3 MB message, 47%, 1:40 left');
  });

  it('say as many percent as the console does', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    const counts = { ...NO_COUNTS, total: 100, left: 71 };
    const state = { kind: 'copying' } as const;
    await show({ type: 'mailbox', mailbox: aMailbox('ann', { state, counts, folder: null, folders: [] }) });
    await show({ type: 'mailbox', mailbox: aMailbox('ann', { state, counts, folder: null, folders: [] }) });
    // 29 / 100 * 100 is less than 29 where numbers are binary fractions.
    expect(paper.lines.at(-1)).toMatch(/29 of 100 messages \(29%\)/);
  });

  it('print each distinct failure once, whole, with what can be done', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    await show(failure(), failure({ uids: '10:12', count: 3 }), failure({ folder: 'Sent', uids: '7', count: 1 }));
    expect(paper.lines.map((line) => line.slice(21))).toEqual([
      'FAILED ann@new.example destination APPEND in INBOX (5 messages, UID 5:9): NO [OVERQUOTA] Quota exceeded (mailbox for user is full) -> raise the quota',
      'FAILED ann@new.example destination APPEND in Sent (1 message, UID 7): NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
    ]);
  });

  it('tell apart what needs somebody, what is tried again by itself, and what is settled', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    await show(
      failure({ response: 'refused', verdict: { ...VERDICT, next: 'skip-message' } }),
      failure({ response: 'the connection was closed', uids: '', count: 0, verdict: { ...VERDICT, next: 'retry' } }),
      failure({ response: 'stored, but without \\Flagged', verdict: { ...VERDICT, next: 'note' } }),
    );
    expect(paper.lines.map((line) => line.split(' ')[1])).toEqual(['FAILED', 'RETRIED', 'NOTED']);
  });

  it('end in a table in which those who need somebody come first', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    const counts = { ...NO_COUNTS, total: 1_234, copied: 1_200, failed: 34, bytesTotal: 5_000_000 };
    await show(
      { type: 'mailbox', mailbox: aMailbox('zoe', { state: { kind: 'synced', at: 1 } }) },
      { type: 'mailbox', mailbox: aMailbox('日本', { counts, errors: 2, state: { kind: 'stopped' } }) },
      { type: 'end', exitCode: 3, batch: aBatch({ mailboxes: 2, counts, errors: 2, state: 'ended' }) },
    );
    const table = paper.lines.slice(-10);
    expect(table).toEqual([
      '2026-03-01T23:12:05Z ended with errors open after 1 min',
      'MAILBOX           MESSAGES  COPIED  THERE  SKIPPED  FAILED  GONE  LEFT  BYTES DONE  ERRORS  STATE    WHY',
      '日本@new.example     1,234   1,200      0        0      34     0     0      4.8 MB       2  stopped',
      'zoe@new.example          0       0      0        0       0     0     0         0 B       0  synced',
      'TOTAL                1,234   1,200      0        0      34     0     0      4.8 MB       2',
      'stopped before the end: 1 mailbox is not done',
      'copied 1,200 (0 B)   failed 34',
      'took 1 min, 20/s, 0 B/s',
      'nightferry resume school  goes on',
      'nightferry errors school  lists what failed',
    ]);
  });

  it('say how much of the bytes is done where some is left', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    const counts = { ...NO_COUNTS, total: 500, copied: 78, left: 422, bytesTotal: 2_900_000, bytesCopied: 400_000 };
    await show(
      { type: 'mailbox', mailbox: aMailbox('ann', { counts, state: { kind: 'stopped' } }) },
      { type: 'end', exitCode: 4, batch: aBatch({ mailboxes: 1, counts, state: 'ended' }) },
    );
    expect(paper.text).toContain('  391 kB of 2.8 MB  ');
  });

  it('keep the table short where there are thousands', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    const events = Array.from(
      { length: 5_000 },
      (_, i): EngineEvent => ({ type: 'mailbox', mailbox: aMailbox(`u${i}`, { state: { kind: 'synced', at: 1 } }) }),
    );
    await show(...events);
    paper.text = '';
    await show({ type: 'end', exitCode: 0, batch: aBatch({ mailboxes: 5_000 }) });
    expect(paper.lines.length).toBeLessThan(70);
    expect(paper.text).toContain('and 4,940 further mailboxes');
  });

  it('let no control character of a server or a folder through', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    await show(
      failure({ response: 'NO \u001b]0;owned\u0007 \u202egnp.exe \u009b31m', folder: 'a\nb' }),
      copying(1, 'ann\u001b[2J'),
      { type: 'log', line: { at: 0, level: 'warn', mailbox: 'x\r', side: 'source', folder: null, text: '\u0008' } },
      {
        type: 'mailbox',
        mailbox: aMailbox('e', {
          email: 'e\u001b[1m',
          state: {
            kind: 'held',
            because: { key: 'told', text: '\u001bc' },
            asks: { key: 'as-written', text: '\u0007' },
          },
        }),
      },
      { type: 'end', exitCode: 0, batch: aBatch() },
    );
    expect(paper.text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(paper.lines[0]).toContain('in a?b');
  });
});

describe('JSON lines', () => {
  it('are one object each, versioned, with the event as the protocol has it', async () => {
    const { paper, time, show } = aPrinter(jsonPrinter);
    const end: EngineEvent = { type: 'end', exitCode: 0, batch: aBatch({ state: 'ended' }) };
    await show({ type: 'batch', batch: aBatch() }, copying(10), failure(), end);
    const events = paper.lines.map((line) => JSON.parse(line));
    expect(events.map((one) => [one.v, one.at, one.type])).toEqual(
      ['batch', 'mailbox', 'failure', 'end'].map((type) => [2, time.now, type]),
    );
    expect(events[3]).toEqual({ v: 2, at: time.now, ...end });
  });

  it('have an advice in words, with commands as they are typed for the batch, and its key beside it', async () => {
    const { paper, show } = aPrinter(jsonPrinter);
    const because = { key: 'told', text: 'x' } as const;
    const held = { kind: 'held', because, asks: { key: 'shared login' } } as const;
    await show(failure({ verdict: { ...VERDICT, advice: { key: 'stands twice' } } }));
    await show({ type: 'mailbox', mailbox: aMailbox('ann', { state: held }) });
    const [failed, waits] = paper.lines.map((line) => JSON.parse(line));
    expect(failed.failure.verdict).toMatchObject({
      advice: expect.stringContaining('`nightferry quarantine school`'),
      adviceKey: 'stands twice',
      reasonKey: 'response',
    });
    expect(waits.mailbox.state).toEqual({
      ...{ kind: 'held', because },
      ...{ asks: 'Answer with the password of the shared login, or mend it and resume.', asksKey: 'shared login' },
    });
  });

  it('count a mailbox at most once a second, and tell each change of its state', async () => {
    const { paper, time, show } = aPrinter(jsonPrinter);
    for (let i = 0; i < 30; i += 1) {
      await show(copying(1_000 - i));
      time.now += 100;
    }
    await show({ type: 'mailbox', mailbox: aMailbox('ann', { state: { kind: 'verifying' } }) });
    expect(paper.lines.map((line) => JSON.parse(line).mailbox.state.kind)).toEqual([
      'copying',
      'copying',
      'copying',
      'verifying',
    ]);
  });
});

describe('a reader', () => {
  it('that stalls misses progress lines, but no failure and no end of a mailbox', async () => {
    const { paper, sink, time, show } = aPrinter(plainPrinter);
    let wake: () => void = () => undefined;
    paper.stalled = new Promise((resolve) => {
      wake = resolve;
    });
    await show({ type: 'batch', batch: aBatch() });
    for (let i = 0; i < 2_000; i += 1) {
      time.now += 5_000;
      await show(copying(5_000 - i));
      if (i % 100 === 0) await show(failure({ folder: `F${i}` }));
    }
    await show({ type: 'end', exitCode: 3, batch: aBatch({ state: 'ended' }) });
    paper.stalled = null;
    wake();
    await sink.drained();
    expect(paper.lines.filter((line) => line.includes('Z FAILED '))).toHaveLength(20);
    expect(paper.lines.filter((line) => / INBOX: /.test(line)).length).toBeLessThan(200);
    expect(paper.text).toContain('ended with errors open');
  });

  it('that closes its end stops the lines only, and not the run', async () => {
    const { paper, sink, show } = aPrinter(plainPrinter);
    await show({ type: 'batch', batch: aBatch() });
    paper.closed = true;
    await show(failure(), { type: 'end', exitCode: 0, batch: aBatch() });
    paper.closed = false;
    await show(failure({ folder: 'later' }));
    await sink.drained();
    expect(paper.lines).toHaveLength(1);
  });

  it('that sleeps for ever costs a bounded amount of memory, and is told what it missed', async () => {
    const paper = new Paper();
    let wake: () => void = () => undefined;
    paper.stalled = new Promise((resolve) => {
      wake = resolve;
    });
    const sink = new LineSink(paper);
    for (let i = 0; i < 40_000; i += 1) sink.write(`${i} ${'x'.repeat(1_000)}`, 'lasting');
    paper.stalled = null;
    wake();
    await sink.drained();
    expect(paper.text.length).toBeLessThan(40 * 1024 * 1024);
    expect(paper.text).toMatch(/\(\d+ lines were lost here while nobody read/);
  });
});
