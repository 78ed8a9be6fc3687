import type { ErrorEntryEntity } from '../../../protocol/answers.js';
import { adviceText } from '../../../words/advice/advice-text.js';
import { groundsText } from '../../../words/grounds/grounds-text.js';
import { showDuration } from '../../../words/times.js';
import { keyOf } from '../../keys/bindings.js';
import { NEXT_WORDS, SCOPE_WORDS } from '../../select/verdict-words.js';
import type { Spans } from '../../text/spans.js';
import { field } from './detail-lines.js';

/** Why a response was read as it was, and what follows from it. */
export function explainLines(
  response: string,
  entry: ErrorEntryEntity,
  width: number,
  typed: string,
): readonly Spans[] {
  const { side, command, verdict } = entry;
  const { kind, code, scope, next, waitSeconds, rule, advice } = verdict;
  return [
    ...field('response', response, width),
    ...field('to', `${command} at the ${side}`, width),
    [],
    ...field('read as', code === null ? `${kind}; it carries no code` : `${kind}; its code is ${code}`, width),
    ...field('because', groundsText(verdict), width),
    ...field('rule', rule, width),
    [],
    ...field('reaches', SCOPE_WORDS[scope], width),
    ...field('then', NEXT_WORDS[next], width),
    ...(waitSeconds > 0 ? field('wait named', showDuration(waitSeconds * 1000), width) : []),
    [],
    ...field('what to do', adviceText(advice, typed), width),
    [],
    ...field(
      '',
      `If that is read wrongly: ${keyOf('work.correct')} says what responses like this mean, for the rest of the batch.`,
      width,
    ),
  ];
}
