import { showClock } from '../../../words/times.js';
import { plural, showBytes } from '../../../words/units.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { field } from './detail-lines.js';
import type { Looked } from './use-message.js';

/** Shows a message's header and structure, or the progress of asking for it. */
export function messageLines(looked: Looked, width: number, glyphs: Glyphs): readonly Spans[] {
  switch (looked.kind) {
    case 'asking':
      return field('message', `asking the source since ${showClock(looked.since)} ...`, width);
    case 'refused':
      return wrap(looked.why, width - 4, 4).map(
        (line, index): Spans => [' ', span('alert', `${index === 0 ? glyphs.alert : ' '} ${line}`)],
      );
    case 'known': {
      const { from, to, subject, date, messageId, size, flags, internalDate } = looked.look;
      const said = (text: string) => (text.trim() === '' ? '-' : text);
      return [
        ...field('From', said(from), width, 2),
        ...field('To', said(to), width, 2),
        ...field('Subject', said(subject), width, 3),
        ...field('Date', said(date), width, 2),
        ...field('received', said(internalDate), width, 1),
        ...field('size', sizeText(size), width, 1),
        ...field(
          'flags',
          flags.length === 0 ? 'none' : `${plural(flags.length, 'flag')}: ${flags.join(' ')}`,
          width,
          2,
        ),
        ...field('Message-ID', said(messageId), width, 2),
      ];
    }
  }
}

function sizeText(bytes: number): string {
  const exact = plural(bytes, 'byte');
  return bytes < 1_024 ? exact : `${showBytes(bytes)} (${exact})`;
}
