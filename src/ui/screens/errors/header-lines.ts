import type { FailedMessage, FailedMessages } from '../../../protocol/answers.js';
import { plural, showBytes } from '../../../words/units.js';
import { keyOf } from '../../keys/bindings.js';
import { fitText } from '../../text/fit.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';

/** Cells of a size: `1023 kB`. */
const SIZE = 9;

/** Failed messages as their owner knows them, by mailbox and folder, and what could not be read. @param width  cells */
export function headerLines({ messages, more, notes }: FailedMessages, width: number): readonly Spans[] {
  const said = (text: string, tone: 'dim' | 'alert' = 'dim'): Spans[] =>
    wrap(text, width - 2, 3).map((line): Spans => [' ', span(tone, line)]);
  const rows = messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const isSame = before?.mailbox === message.mailbox && before.folder === message.folder;
    const place = message.folder === null ? message.mailbox : `${message.mailbox}, ${message.folder}`;
    return [...(isSame ? [] : [[' ', span('strong', place)] as Spans]), messageLine(message, width)];
  });
  return [
    ...(messages.length === 0 ? said('no message is meant: these are failures of folders or logins') : rows),
    ...(more > 0 ? said(`and ${plural(more, 'more message')}`) : []),
    ...(notes.length > 0 ? [[]] : []),
    ...notes.flatMap((note) => said(note, 'alert')),
    ...(messages.length > 0 ? [[], ...said(`${keyOf('look.save')} writes all of them into a file, with these`)] : []),
  ];
}

function messageLine({ uid, from, subject, size }: FailedMessage, width: number): Spans {
  if (size === null) return ['  ', span('dim', `UID ${uid}: the source did not give it`)];
  const room = Math.max(20, width - SIZE - 6);
  const name = Math.floor(room / 3);
  const text = (of: string | null) => (of?.trim() ? of : '-');
  return [
    '  ',
    fitText(text(subject), room - name),
    '  ',
    span('dim', fitText(text(from), name)),
    ' ',
    span('dim', fitText(showBytes(size), SIZE, { align: 'right' })),
  ];
}
