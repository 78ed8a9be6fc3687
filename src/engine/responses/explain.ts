import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { classify } from './classify.js';
import { RESPONSE_CODES } from './codes.js';
import { sanitise } from './sanitise.js';

/** What `nightferry explain --json` prints. Plain data. */
export interface Explanation {
  readonly line: string;
  readonly command: string | null;
  readonly side: Side;
  readonly verdict: Verdict;
  /** Where the line carries a code that is known: what it stands for. */
  readonly codeMeaning: string | null;
}

/** What a server response means. The line may come out of a log, with what its logger put before it. */
export function explain(line: string, command: string | null, side: Side): Explanation {
  const verdict = classify({ line, command, side });
  const known = verdict.code === null ? undefined : RESPONSE_CODES.get(verdict.code);
  const rfc = known === undefined || known.rfc === '' ? '' : ` (RFC ${known.rfc})`;
  return {
    line: sanitise(line),
    command: command === null ? null : sanitise(command, 80),
    side,
    verdict: verdict.code === null ? verdict : { ...verdict, code: sanitise(verdict.code, 40) },
    codeMeaning: known === undefined ? null : `${known.code}: ${known.meaning}${rfc}`,
  };
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
export function renderExplanation({ line, verdict, codeMeaning }: Explanation): string {
  return [
    line,
    `  kind    ${verdict.kind} (reaches: ${verdict.scope})`,
    `  next    ${AFTERWARDS[verdict.next]}${verdict.waitSeconds > 0 ? `; the server names a wait of ${verdict.waitSeconds} s` : ''}`,
    `  advice  ${verdict.advice}`,
    ...(codeMeaning === null ? [] : [`  code    ${codeMeaning}`]),
    `  why     ${sanitise(verdict.reason)}`,
  ].join('\n');
}
