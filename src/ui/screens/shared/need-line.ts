import type { Need } from '../../../protocol/needs.js';
import { showPast } from '../../../words/times.js';
import { needAmount, needAsks, needLeads, needName, needSaid, needTodo, needWhoAndSide } from '../../select/needs.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { marked, type Spans, span, spansWidth } from '../../text/spans.js';

/** AUTHENTICATIONFAILED, the longest that is met often. */
const CODE = 20;
const AMOUNT = 6;
/** `enter certificate` */
const KEY = 17;
const TIME = 6;
/** From so much room on the response is read, not only what to do; and with more, what is asked as well. */
const ROOM_TO_READ = 34;
const ROOM_FOR_BOTH = 90;

export interface NeedLook {
  readonly width: number;
  readonly focus: 'focused' | 'resting';
  readonly now: number;
  /** When an operator last looked: what began since is marked. Null: nothing is. */
  readonly since: number | null;
  readonly glyphs: Glyphs;
  /** The batch as it is typed after a command. */
  readonly typed: string;
}

/** A row of what needs the operator: who, why, how many messages, what to do, since when, and its key. */
export function needLine(need: Need, { width, focus, now, since, glyphs, typed }: NeedLook): Spans {
  const options = { ellipsis: glyphs.ellipsis };
  const who = Math.max(20, Math.min(36, Math.floor(width / 4)));
  const isNew = since !== null && need.since !== null && need.since > since;
  const head: Spans = [
    focus === 'focused' ? glyphs.cursor : ' ',
    span('alert', glyphs.alert),
    span('accent', isNew ? '*' : ' '),
    fitText(needWhoAndSide(need), who, options),
    ' ',
    span('alert', fitText(needName(need), CODE, options)),
    ' ',
    span('strong', fitText(needAmount(need), AMOUNT, { align: 'right' })),
    '  ',
  ];
  const time = fitText(need.since === null ? '' : showPast(need.since, now), TIME, { align: 'right' });
  const key: Spans = [span('key', 'enter'), span('dim', fitText(` ${needLeads(need)}`, KEY - 'enter'.length))];
  const room = width - spansWidth(head) - KEY - 1;
  const forWords = room - TIME - 2;
  const tail: Spans =
    forWords > 0
      ? [fitText(wordsIn(need, forWords, typed), forWords, options), ' ', span('dim', time), ' ']
      : [fitText('', room)];
  const line: Spans = [...head, ...tail, ...key, ' '];
  return focus === 'focused' ? marked(line, 'selected') : line;
}

function wordsIn(need: Need, room: number, typed: string): string {
  const todo = needTodo(need);
  if (room < ROOM_TO_READ) return room >= todo.length ? todo : '';
  const said = needSaid(need);
  const asks = needAsks(need, typed);
  if (room >= ROOM_FOR_BOTH && asks !== '') return `${said}  ${asks}`;
  return said === '' ? todo : said;
}
