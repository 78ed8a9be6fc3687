import { BadCommand, BadLiteral, LineGone } from '../grammar/bad-command.js';
import { type Segment, segmentOf, signText } from '../grammar/literal.js';
import { type Piece, tokenize } from '../grammar/tokens.js';
import type { Call, Command, CommandTable } from './command.js';
import { withoutSecrets } from './command-log.js';
import { startsCleanly, withFault } from './misbehave.js';
import { bad, type Outcome } from './outcome.js';
import { LONGEST_LINE, type Session } from './session.js';
import { writeOutcome } from './write-outcome.js';

/** Bytes of literals in a command that is no APPEND. */
const MOST_ARGUMENT_BYTES = 256 * 1024;

/** Answers one connection's commands, in order, until it ends. */
export async function serve(session: Session, table: CommandTable): Promise<void> {
  const { wire } = session;
  try {
    if (!(await startsCleanly(session))) return;
    session.out.line(`* OK [CAPABILITY ${session.capabilities()}] ${session.house.settings.greeting}`);
    for (;;) {
      const start = { received: wire.reader.consumed, sent: () => wire.sent };
      const line = await wire.reader.line(LONGEST_LINE);
      if (line.kind === 'end') break;
      if (line.kind === 'too-long') {
        session.out.line('* BAD Too long argument');
        break;
      }
      if (await oneCommand(session, table, line.text, start.received)) break;
      if (session.refusals >= session.house.settings.mostRefusals) {
        session.out.line('* BYE Connection is closed. 13');
        break;
      }
      if (session.out.full) await session.out.flush();
    }
    await session.out.flush();
  } catch (error) {
    if (!(error instanceof LineGone)) throw error;
  } finally {
    wire.finish();
  }
}

/** tag SP [UID SP] name [SP arguments] */
const COMMAND = /^([^\x00-\x20(){%*"\\+]+) ((?:UID +)?[A-Za-z]+)(?: (.*))?$/is;

/** @returns whether the connection is over */
async function oneCommand(session: Session, table: CommandTable, line: string, firstByte: number): Promise<boolean> {
  const found = COMMAND.exec(line);
  if (!found) {
    const tag = /^[^\x00-\x20(){%*"\\+]+/.exec(line)?.[0] ?? '*';
    session.note = session.house.log.open(`#${session.number} ${tag} (not a command)`);
    session.out.line(`${tag} BAD Error in IMAP command: Invalid command name`);
    return false;
  }
  const tag = found[1]!;
  const name = found[2]!.toUpperCase().replace(/ +/, ' ');
  const call: Call = { tag, name, first: segmentOf(found[3] ?? '') };
  const command = Object.hasOwn(table, name) ? table[name]! : null;
  const noted = withoutSecrets(name, shown(call.first));
  session.note = session.house.log.open(`#${session.number} ${tag} ${name}${noted && ' '}${noted}`);
  try {
    const run = await readied(session, command, call);
    const outcome = await withFault(session, call, run, firstByte);
    return await writeOutcome(session, call, outcome, command);
  } catch (error) {
    if (!(error instanceof BadCommand)) throw error;
    await writeOutcome(session, call, bad(`Error in IMAP command ${name}: ${error.message}`), command);
    if (error instanceof BadLiteral) await session.dropLine();
    return error instanceof BadLiteral;
  }
}

/** A command that is ready to run, and what a fault hook is told of it. */
export interface Ready {
  readonly args: string;
  readonly command: Command | null;
  readonly run: () => Promise<Outcome>;
}

async function readied(session: Session, command: Command | null, call: Call): Promise<Ready> {
  const refusal = refusalOf(session, command);
  if (refusal || !command) {
    const text = refusal ?? 'Unknown command';
    return {
      args: shown(call.first),
      command: null,
      run: async () => bad(`Error in IMAP command ${call.name}: ${text}`),
    };
  }
  if (call.first.literal) session.check(call.first.literal);
  if (command.kind === 'streamed') {
    return { args: shown(call.first), command, run: () => command.run(session, call) };
  }
  const pieces: Piece[] = [];
  let args = '';
  let total = 0;
  for (let segment = call.first; ; segment = await nextPiece(session, call.name)) {
    args += shown(segment);
    total += segment.literal?.size ?? 0;
    if (total > MOST_ARGUMENT_BYTES) throw new BadLiteral('Too long argument');
    pieces.push({ text: segment.text, literal: segment.literal ? await session.readLiteral(segment.literal) : null });
    if (!segment.literal) break;
  }
  const run = async () => {
    await session.beforeDoing();
    return command.run(session, tokenize(pieces, command.atoms), call);
  };
  return { args: withoutSecrets(call.name, args), command, run };
}

async function nextPiece(session: Session, name: string): Promise<Segment> {
  // The rest of a LOGIN after its user's literal may be the password.
  if (name === 'LOGIN') session.note = () => {};
  const segment = await session.nextSegment();
  if (segment.literal) session.check(segment.literal);
  return segment;
}

function refusalOf(session: Session, command: Command | null): string | null {
  if (!command || (command.needs && !session.has(command.needs))) return 'Unknown command';
  if (command.state === 'any') return null;
  if (command.state === 'open') return session.account ? 'Unknown command' : null;
  if (!session.account) return 'Not logged in';
  return command.state === 'selected' && !session.selection ? 'No mailbox selected' : null;
}

function shown(segment: Segment): string {
  return segment.text + (segment.literal ? signText(segment.literal) : '');
}
