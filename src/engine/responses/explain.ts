import { ANY_BATCH, adviceText } from '../../words/advice/advice-text.js';
import { groundsText } from '../../words/grounds/grounds-text.js';
import type { Side } from '../../words/side.js';
import { showDuration } from '../../words/times.js';
import type { Verdict } from '../../words/verdict.js';
import { classify } from './classify.js';
import { classifyErrorText } from './classify-error.js';
import { RESPONSE_CODES } from './codes.js';
import { usualSide } from './command-group.js';
import { readLogLine } from './log-line.js';
import { parseResponseLine } from './response-line.js';
import { sanitise } from './sanitise.js';
import { wordingsIn } from './wordings/index.js';

/** A response to be explained. What the question leaves out is read from the line, where it is there. */
export interface Question {
  /** The line, which may be of a log, with what its logger wrote before it. */
  readonly line: string;
  /** Null for a response between commands. */
  readonly command?: string | null;
  readonly side?: Side;
}

/** The output of `nightferry explain --json`. Plain data, safe for a terminal. */
export interface Explanation extends Verdict {
  readonly line: string;
  readonly command: string | null;
  readonly side: Side;
  /** Where the line carries a code that is known: what it stands for. */
  readonly codeMeaning: string | null;
}

/** @returns null where the line is no response of a server, no words of one, and no error of a connection */
export function explain(question: Question): Explanation | null {
  const logged = readLogLine(question.line);
  const line = logged?.line ?? question.line;
  const command = question.command === undefined ? (logged?.command ?? null) : question.command;
  const side = question.side ?? logged?.side ?? usualSide(command);
  const verdict = logged === null ? ofText(line, command, side) : classify({ line, command, side });
  if (verdict === null) return null;
  const known = verdict.code === null ? undefined : RESPONSE_CODES.get(verdict.code);
  const rfc = known === undefined || known.rfc === '' ? '' : ` (RFC ${known.rfc})`;
  return {
    line: sanitise(line),
    command: command === null ? null : sanitise(command, 80),
    side,
    ...verdict,
    codeMeaning: known === undefined ? null : `${known.code}: ${known.meaning}${rfc}`,
  };
}

/** The verdict about a text without a status: the error of a connection, or words of a server out of a message box. */
function ofText(line: string, command: string | null, side: Side): Verdict | null {
  const { code, text } = parseResponseLine(line);
  if (code === null) {
    const failure = classifyErrorText(line, side);
    if (failure !== null) return failure;
    if (wordingsIn(text).size === 0) return null;
  }
  return classify({ line, command, side });
}

const AFTERWARDS: Readonly<Record<Verdict['next'], string>> = {
  ignore: 'nothing, this is no failure',
  retry: 'tried again by itself, with growing rests',
  wait: 'the mailbox rests, then goes on by itself',
  hold: 'the mailbox is held until you act',
  'skip-message': 'this message is entered in the error ledger, the next one is tried',
  'skip-folder': 'this folder is entered in the error ledger, the others go on',
  note: 'noted, the mailbox goes on',
  'create-folder': 'the folder is created once, then tried again',
  'renew-token': 'the access token is renewed once, then the mailbox is held',
};

/** An explanation as text for a terminal, a few lines without trailing line break. */
export function renderExplanation({ codeMeaning, ...verdict }: Explanation): string {
  return [
    verdict.line,
    `  kind    ${verdict.kind} (reaches: ${verdict.scope})`,
    `  next    ${AFTERWARDS[verdict.next]}${verdict.waitSeconds > 0 ? `; the server names a wait of ${showDuration(verdict.waitSeconds * 1000)}` : ''}`,
    `  advice  ${adviceText(verdict.advice, ANY_BATCH)}`,
    ...(codeMeaning === null ? [] : [`  code    ${codeMeaning}`]),
    `  why     ${sanitise(groundsText(verdict))}`,
  ].join('\n');
}
