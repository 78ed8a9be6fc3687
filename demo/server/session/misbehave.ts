import type { CommandFault, ConnectFault } from '../faults.js';
import { LineGone } from '../grammar/bad-command.js';
import { decodeName } from '../grammar/mutf7.js';
import type { Call } from './command.js';
import { type Outcome, withTag } from './outcome.js';
import type { Ready } from './serve.js';
import type { Session } from './session.js';

/** @returns false when a fault put an end to the connection before its greeting */
export async function startsCleanly(session: Session): Promise<boolean> {
  const apply = async (fault: ConnectFault | undefined): Promise<boolean> => {
    switch (fault?.kind) {
      case undefined:
        return true;
      case 'delay':
        await session.sleep(fault.ms);
        return apply(fault.next ?? undefined);
      case 'answer':
        for (const line of fault.lines) session.out.line(line);
        await session.out.flush();
        return fault.next === 'go-on';
      case 'drop':
        return false;
      case 'drop-later':
        session.wire.cutAt(fault.direction, fault.bytes);
        return true;
      case 'hang':
        return hangs(session);
    }
  };
  return apply(session.house.desk.atConnect(session.number));
}

/**
 * Runs a command, or what the fault hook wants in its place.
 * @param firstByte count of received bytes before the command's first
 */
export async function withFault(session: Session, call: Call, ready: Ready, firstByte: number): Promise<Outcome> {
  const named = folderIn(session, call, ready.args);
  const uids = call.name.startsWith('UID ') ? (/[\d*][\d:*,]*/.exec(ready.args)?.[0] ?? null) : null;
  const fault = session.house.desk.atCommand(session, { command: call.name, args: ready.args, folder: named, uids });
  return apply(session, ready, fault ?? null, { received: firstByte, sent: session.wire.sent }, call);
}

async function apply(
  session: Session,
  ready: Ready,
  fault: CommandFault | null,
  start: { readonly received: number; readonly sent: number },
  call: Call,
): Promise<Outcome> {
  switch (fault?.kind) {
    case undefined:
      return ready.run();
    case 'delay':
      await session.sleep(fault.ms);
      return apply(session, ready, fault.next, start, call);
    case 'unsolicited':
      for (const line of fault.lines) session.out.line(line);
      return apply(session, ready, fault.next, start, call);
    case 'answer':
      await swallow(session, ready, call);
      if (fault.next === 'go-on') return { kind: 'lines', lines: fault.lines };
      for (const line of fault.lines) session.out.line(withTag(line, call.tag));
      await session.dropLine();
      throw new LineGone();
    case 'answer-after-doing':
      await ready.run();
      return { kind: 'lines', lines: fault.lines };
    case 'drop-after-doing':
      session.dropBeforeDoing = true;
      return ready.run();
    case 'drop':
      await session.dropLine();
      throw new LineGone();
    case 'drop-later': {
      const base = fault.of === 'connection' ? 0 : start[fault.direction];
      await session.out.flush();
      session.wire.cutAt(fault.direction, base + fault.bytes);
      return ready.run();
    }
    case 'hang':
      return hangs(session);
  }
}

/** Takes in what the client sends of a command without waiting. A client that waits for `+` gets its answer at once. */
async function swallow(session: Session, ready: Ready, call: Call): Promise<void> {
  if (ready.command?.kind !== 'streamed') return;
  for (let segment = call.first; segment.literal && !segment.literal.waits; segment = await session.nextSegment()) {
    await session.skipLiteral(segment.literal);
  }
}

async function hangs(session: Session): Promise<never> {
  await session.out.flush();
  await session.wire.gone;
  throw new LineGone();
}

const NAMES_A_FOLDER = new Set([
  'SELECT',
  'EXAMINE',
  'APPEND',
  'STATUS',
  'CREATE',
  'DELETE',
  'RENAME',
  'SUBSCRIBE',
  'UNSUBSCRIBE',
  'GETQUOTAROOT',
]);

function folderIn(session: Session, call: Call, args: string): string | null {
  if (!NAMES_A_FOLDER.has(call.name)) return session.selection?.path ?? null;
  const word = /^"((?:[^"\\]|\\.)*)"|^\S+/.exec(args);
  return word ? decodeName(word[1]?.replace(/\\(.)/g, '$1') ?? word[0]) : null;
}
