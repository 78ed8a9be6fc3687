import { expect, it } from 'vitest';
import { MemoryBudget } from '../../../../src/engine/copy/memory/memory-budget.js';
import { readFingerprints } from '../../../../src/engine/copy/transfer/read-whole.js';
import { Desk } from '../../../../src/engine/imap/commands/desk.js';
import { ConnectionLost } from '../../../../src/engine/imap/connection/connection-lost.js';
import type { Tagged } from '../../../../src/engine/imap/connection/tagged.js';
import type { Listener, OnData, Wire } from '../../../../src/engine/imap/connection/wire.js';
import { LITERAL_MARK } from '../../../../src/engine/imap/grammar/response-reader.js';
import { Refused } from '../../../../src/engine/imap/session/refused.js';
import type { Session } from '../../../../src/engine/imap/session/session.js';
import { Inquiry } from '../../../../src/engine/isolate/inquiry.js';
import { classify } from '../../../../src/engine/responses/classify.js';
import { UNKNOWN_SERVER } from '../../../support/known-servers.js';
import { literal } from '../../../support/mail-messages.js';

const MB = 1024 * 1024;
const OK: Tagged = { status: 'OK', line: 'OK done', code: null, codeArgs: '' };

/** A desk at a folder of three messages of 1 MB, whose FETCH of UID 2 comes to this. */
function aDesk(second: () => Promise<Tagged>, refusesAll: () => boolean): Desk {
  const wire = {
    side: 'destination',
    asksAgain: () => false,
    command: async (name: string, pieces: readonly string[], listener: Listener | OnData): Promise<Tagged> => {
      const listening = typeof listener === 'function' ? { onData: listener } : listener;
      await null;
      const [, uid] = /^UID FETCH (\d+) /.exec(pieces[0]!) ?? [];
      if (uid === '2' || (uid && refusesAll())) return second();
      if (uid) {
        const text = `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE "" BODY[] ${LITERAL_MARK})`;
        listening.onData?.({ text, literals: [literal(`body ${uid}`)] });
      }
      if (name === 'SELECT') listening.onAnswer?.(OK);
      return OK;
    },
  };
  const session: Session = {
    wire: wire as unknown as Wire,
    capabilities: new Set(),
    greeting: '',
    certificate: null,
    software: Promise.resolve(''),
    known: Promise.resolve(UNKNOWN_SERVER),
  };
  return new Desk(session, 'SELECT');
}

async function read(
  second: () => Promise<Tagged>,
  memory: readonly MemoryBudget[] = [],
  refusesAll = () => false,
): Promise<number[]> {
  const judge = (side: 'source' | 'destination', line: string, command: string) => classify({ side, line, command });
  const context = { memory, judge, signal: new AbortController().signal, inquiry: new Inquiry() };
  const messages = [1, 2, 3].map((uid) => ({ uid, size: MB }));
  return [...(await readFingerprints(context, aDesk(second, refusesAll), 'Mail', messages)).keys()];
}

it('reads all that is there', async () => {
  expect(await read(async () => OK)).toEqual([1, 3]);
});

it('never takes what a dropped line did not bring for gone', async () => {
  const drops = () => Promise.reject(new ConnectionLost('destination', null, new Error('reset')));
  await expect(read(drops)).rejects.toThrow('reset');
  // The second fails while the third waits for memory.
  await expect(read(drops, [new MemoryBudget(2 * MB)])).rejects.toThrow('reset');
  await expect(read(drops, [new MemoryBudget(MB)])).rejects.toThrow('reset');
});

it('never takes what a server will not read now for gone', async () => {
  const no = (line: string) => async (): Promise<Tagged> => ({ status: 'NO', line, code: null, codeArgs: '' });
  await expect(read(no('NO [LIMIT] Too many commands'))).rejects.toBeInstanceOf(Refused);
  let isChecked = false;
  const beingChecked = async (): Promise<Tagged> => {
    isChecked = true;
    return no('NO [UNAVAILABLE] Mailbox is being checked')();
  };
  await expect(read(beingChecked, [], () => isChecked)).rejects.toBeInstanceOf(Refused);
  expect(await read(no('NO [EXPUNGEISSUED] Some of the requested messages no longer exist'))).toEqual([1, 3]);
});

it('leaves out a message that is refused alone while others come', async () => {
  const no: Tagged = { status: 'NO', line: 'NO [UNAVAILABLE] index is broken', code: null, codeArgs: '' };
  expect(await read(async () => no)).toEqual([1, 3]);
});

it('gives back all memory, whatever happened', async () => {
  const budget = new MemoryBudget(2 * MB);
  await read(() => Promise.reject(new Error('reset')), [budget]).catch(() => {});
  expect(budget.used).toBe(0);
  await read(async () => OK, [budget]);
  expect(budget.used).toBe(0);
});
