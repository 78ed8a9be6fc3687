import { BadCommand } from '../grammar/bad-command.js';
import { kept } from '../grammar/flags.js';
import type { Segment } from '../grammar/literal.js';
import { formatNumbers } from '../grammar/number-set.js';
import { type Arg, textOf, tokenize } from '../grammar/tokens.js';
import { rewritten } from '../habits.js';
import type { Call, CommandTable } from '../session/command.js';
import { no, type Outcome, ok } from '../session/outcome.js';
import type { Session } from '../session/session.js';
import type { Folder } from '../store/folder.js';
import { fits } from '../store/quota.js';
import { may, mayChange } from '../store/rights.js';
import { type Draft, draftOf } from './append-draft.js';
import { judged, sizeRefusal } from './append-judge.js';
import { accountOf, type Found, folderAt, NO_PERMISSION, pathOf } from './folder-argument.js';

/** Bytes of a folder's name sent as a literal. */
const LONGEST_NAME = 8 * 1024;

/**
 * APPEND (RFC 3501 section 6.3.11): one message or many (RFC 3502), read as they come.
 *
 * A refusal is answered before `+` where the client waits for it; what is sent without waiting is
 * thrown away up to the end of the command. After a BAD the literals are read as commands, as
 * Dovecot does: a client must drop the connection then.
 */
export const APPEND: CommandTable = { APPEND: { kind: 'streamed', state: 'authenticated', run: append } };

async function append(session: Session, call: Call): Promise<Outcome> {
  const { target, args: firstArgs, segment: firstSegment } = await targetOf(session, call.first);
  let refusal = target.kind === 'refused' ? target.outcome : refusalToWrite(target.folder);
  const drafts: Draft[] = [];
  let args = firstArgs;
  let segment = firstSegment;
  for (let index = 0; ; index += 1) {
    const { literal } = segment;
    if (!literal) throw new BadCommand(index === 0 ? 'Missing message size' : 'Invalid arguments');
    if (index > 0 && !session.has('MULTIAPPEND')) throw new BadCommand('Invalid arguments');
    session.check(literal);
    const head = draftOf(session, args);
    refusal ??= sizeRefusal(session, target, literal.size);
    if (refusal && literal.waits) return refusal;
    if (refusal) await session.skipLiteral(literal);
    else {
      const raw = await session.readLiteral(literal);
      const draft = { ...head, raw };
      refusal = await judged(session, target, draft, index);
      drafts.push(draft);
    }
    segment = await session.nextSegment();
    if (segment.text === '' && !segment.literal) break;
    if (!segment.text.startsWith(' ')) throw new BadCommand('Invalid arguments');
    args = tokenize([{ text: segment.text, literal: null }]);
  }
  await session.beforeDoing();
  return refusal ?? stored(session, target, drafts);
}

interface Start {
  readonly target: Found;
  /** The text between the folder's name and the first literal of a message. */
  readonly args: readonly Arg[];
  readonly segment: Segment;
}

async function targetOf(session: Session, first: Segment): Promise<Start> {
  if (first.text === '' && first.literal) {
    if (first.literal.size > LONGEST_NAME) throw new BadCommand('Invalid mailbox name');
    const name = (await session.readLiteral(first.literal)).toString('utf8');
    const segment = await session.nextSegment();
    return { target: folderNamed(session, name), args: tokenize([{ text: segment.text, literal: null }]), segment };
  }
  const [name, ...args] = tokenize([{ text: first.text, literal: null }]);
  return { target: folderNamed(session, textOf(name, 'mailbox name')), args, segment: first };
}

function folderNamed(session: Session, text: string): Found {
  const named = pathOf(session, text);
  return named.kind === 'refused' ? named : folderAt(session, named.path, '[TRYCREATE] ');
}

function refusalToWrite(folder: Folder): Outcome | null {
  if (!may(folder, 'i')) return NO_PERMISSION;
  return folder.traits.readOnly ? no('[READ-ONLY] Mailbox is read-only') : null;
}

/** All or nothing (RFC 3502 section 6.3.11). */
function stored(session: Session, target: Found, drafts: readonly Draft[]): Outcome {
  if (target.kind === 'refused') return target.outcome;
  const { folder } = target;
  const bytes = drafts.reduce((sum, draft) => sum + draft.raw.length, 0);
  if (!fits(accountOf(session), { bytes, messages: drafts.length })) {
    return no('[OVERQUOTA] Quota exceeded (mailbox for user is full)');
  }
  const permanent = (folder.traits.permanentFlags ?? session.house.settings.permanentFlags).filter((flag) =>
    mayChange(folder, flag),
  );
  const { lostOnAppend } = session.house.settings.habits;
  const uids = drafts.map(({ raw, flags, internalDate }) => {
    return folder.add({
      raw: rewritten(raw, session.house.settings.habits),
      flags: kept(flags, permanent).filter((flag) => !lostOnAppend.includes(flag)),
      internalDate,
    }).uid;
  });
  if (!session.has('UIDPLUS') || !may(folder, 'r')) return ok('Append completed.');
  return ok(`[APPENDUID ${folder.uidValidity} ${formatNumbers(uids)}] Append completed.`);
}
