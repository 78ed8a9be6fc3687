import type { MailboxEntity } from '../../../protocol/entities.js';
import { reasonText } from '../../../words/reason-text.js';
import { showPast } from '../../../words/times.js';
import { plural, showShortCount } from '../../../words/units.js';
import { keyOf } from '../../keys/bindings.js';
import { endedOpen, type ReasonCells, reasonCells, reasonOf, stateSince, whatItAsks } from '../../select/states.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { marked, type Spans, span, spansWidth } from '../../text/spans.js';

/** AUTHENTICATIONFAILED, the longest that is met often. */
const CODE = 20;
const WIDE = 100;

/** A mailbox that waits for the operator: who, where, why by code and words, since when. */
export function needsLine(
  mailbox: MailboxEntity,
  look: { width: number; focus: 'focused' | 'resting'; now: number; glyphs: Glyphs },
): Spans {
  const { width, focus, now, glyphs } = look;
  const { side, code, text } = cellsOf(mailbox);
  const since = mailbox.provider?.since ?? stateSince(mailbox);
  const options = { ellipsis: glyphs.ellipsis };
  const nameWidth = Math.max(20, Math.min(40, Math.floor(width / 4)));
  const time = fitText(since === null ? '' : showPast(since, now), 6, { align: 'right' });
  const tail = width >= WIDE ? `${time}  enter ` : `${time} `;
  const head: Spans = [
    focus === 'focused' ? glyphs.cursor : ' ',
    span('alert', `${glyphs.alert} `),
    fitText(mailbox.email, nameWidth, options),
    span('dim', fitText(side === 'destination' ? '  dest' : side === 'source' ? '  src' : '', 8)),
    span('alert', fitText(code === '' ? 'no code' : code, CODE, options)),
    '  ',
  ];
  const room = Math.max(0, width - spansWidth(head) - tail.length);
  // Advice is worth more than the response, where there is room for both.
  const asks = whatItAsks(mailbox);
  const words = room > 60 && asks !== '' ? `${text}  ${asks}` : text;
  const line: Spans = [...head, fitText(words, room, options), span('dim', tail)];
  return focus === 'focused' ? marked(line, 'selected') : line;
}

function cellsOf(mailbox: MailboxEntity): ReasonCells {
  if (endedOpen(mailbox)) return leftBehind(mailbox);
  const reason = reasonOf(mailbox);
  return reason === null && mailbox.doubled > 0 ? twice(mailbox) : reasonCells(reason);
}

/** Messages stand at the destination more than once: no response says so. */
function twice({ doubled }: MailboxEntity): ReasonCells {
  const text = `${plural(doubled, 'second copy', 'second copies')}: \`nightferry quarantine\` moves them away`;
  return { side: 'destination', code: `${showShortCount(doubled)} twice`, text };
}

/** It went through, and messages are missing: no response says so. */
function leftBehind(mailbox: MailboxEntity): ReasonCells {
  const { state, counts, doubled } = mailbox;
  const isShort = state.kind === 'incomplete' ? state.left > 0 : counts.left > 0;
  if (doubled > 0 && !isShort && mailbox.errors === 1) return twice(mailbox);
  if (state.kind === 'incomplete')
    return {
      side: '',
      code: state.left > 0 ? `${showShortCount(state.left)} missing` : 'incomplete',
      text: reasonText(state.because),
    };
  const text = `not copied, of ${showShortCount(counts.total)}: its errors say why, ${keyOf('work.run')} tries again`;
  return { side: '', code: `${showShortCount(counts.left)} left`, text };
}
