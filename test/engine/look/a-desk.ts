import type { NewMessage } from '../../../demo/server/index.js';
import { type OpenSource, sourceOpener } from '../../../src/engine/login/source-session.js';
import { type MessageCommand, MessageDesk } from '../../../src/engine/look/message-desk.js';
import { aNight, type Night, type NightOptions, passwords } from '../../support/night.js';

export const raw = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'), 'latin1');

export const AT = Date.UTC(2024, 2, 9, 7, 30, 0);

function deskOf(night: Night, open?: OpenSource): { readonly desk: MessageDesk; readonly drop: AbortController } {
  const drop = new AbortController();
  const source = sourceOpener({
    batch: night.batch,
    credentials: passwords,
    trust: async () => ({ ca: null, fingerprint: null }),
    connect: () => night.source.connect('secured'),
    clock: night.clock,
  });
  const desk = new MessageDesk({
    mailbox: (id) => {
      const row = night.batch.mailboxes.find((one) => one.id === id);
      const valid = (folder: string) => String(night.source.account(id).find(folder)?.uidValidity ?? 1);
      const uidValidity = (folder: string) => (folder === 'made anew' ? '4711' : valid(folder));
      return row && { row, asksPassword: id === refused ? 'source' : null, uidValidity };
    },
    open: open ?? source,
    drop: drop.signal,
  });
  return { desk, drop };
}

export async function nightWith(inbox: readonly NewMessage[], more: NightOptions = {}) {
  const night = await aNight({ mail: () => ({ INBOX: inbox }), ...more });
  const { desk, drop } = deskOf(night);
  const ask = (command: Partial<MessageCommand> & { readonly path?: string } = {}) => {
    const whole = { do: 'message', mailbox: 'ann', folder: 'INBOX', uid: 1, ...command };
    return night.clock.until(desk.take(whole as MessageCommand));
  };
  return { night, desk, drop, ask };
}

/** The source refused this one's password. */
export const refused = 'eve';

export const whyOf = (answered: Awaited<ReturnType<MessageDesk['take']>>) => (answered.ok ? 'ok' : answered.why);
