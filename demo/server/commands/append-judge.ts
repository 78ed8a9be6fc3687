import { LineGone } from '../grammar/bad-command.js';
import { no, type Outcome } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import type { Draft } from './append-draft.js';
import type { Found } from './folder-argument.js';

/** Refused for its announced size alone, before a byte of it is read. */
export function sizeRefusal(session: Session, target: Found, size: number): Outcome | null {
  const { maxMessageBytes, habits } = session.house.settings;
  const ofFolder = target.kind === 'folder' ? target.folder.traits.appendLimit : undefined;
  if (size === 0 && habits.emptyMessage === 'refuse') return no("Can't save a zero byte message");
  if (size <= Math.min(maxMessageBytes, ofFolder ?? Number.POSITIVE_INFINITY)) return null;
  return no(`[${habits.tooBig}] Mail size is larger than the maximum size allowed by server configuration`);
}

/** Refused for what it holds, or by a fault. @throws LineGone when a fault drops the line */
export async function judged(session: Session, target: Found, draft: Draft, index: number): Promise<Outcome | null> {
  const { desk, settings } = session.house;
  const folder = target.kind === 'folder' ? target.path : '';
  let fault = desk.atMessage(session, { folder, raw: draft.raw, flags: draft.flags, index }) ?? null;
  while (fault?.kind === 'delay') {
    await session.sleep(fault.ms);
    fault = fault.next;
  }
  switch (fault?.kind) {
    case undefined: {
      const why = settings.habits.refuseMessage(draft.raw);
      return why === null ? null : no(why);
    }
    case 'answer':
      if (fault.next === 'go-on') return { kind: 'lines', lines: fault.lines };
      for (const line of fault.lines) session.out.line(line);
      await session.dropLine();
      throw new LineGone();
    case 'drop':
      await session.dropLine();
      throw new LineGone();
    case 'hang':
      await session.out.flush();
      await session.wire.gone;
      throw new LineGone();
  }
}
