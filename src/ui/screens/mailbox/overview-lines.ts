import type { MailboxEntity } from '../../../protocol/entities.js';
import { bytesSettled, settled, share } from '../../../protocol/figures.js';
import type { Side } from '../../../words/side.js';
import { showClock, showMinute, showPast } from '../../../words/times.js';
import { plural, showBytes, showCount, showPercent } from '../../../words/units.js';
import { hostOf } from '../../select/host-of.js';
import { messageText, paceText } from '../../select/pace.js';
import {
  type Drain,
  endOf,
  isMoving,
  mailboxSign,
  mailboxTone,
  stateReason,
  stateSince,
  stateText,
  whatItAsks,
} from '../../select/states.js';
import { bar } from '../../text/bar.js';
import { fitText } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spansWidth, spread } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';

/** One mailbox in a few lines: state and reason, how far, what became of its messages, what both sides do. */
export function overviewLines(
  mailbox: MailboxEntity,
  width: number,
  now: number,
  glyphs: Glyphs,
  typed: string,
  drain: Drain = null,
): readonly Spans[] {
  return [
    stateLine(mailbox, width, now, glyphs, drain),
    ...reasonLines(mailbox, width, glyphs, typed),
    ...providerLines(mailbox, now, glyphs),
    progressLine(mailbox, width, glyphs),
    countsLine(mailbox),
    sideLine('source', mailbox),
    sideLine('destination', mailbox),
    responseLine(mailbox),
  ];
}

function stateLine(mailbox: MailboxEntity, width: number, now: number, glyphs: Glyphs, drain: Drain): Spans {
  const { state, rate, attempts, startedAt } = mailbox;
  const end = endOf(mailbox, drain);
  const text = stateText(mailbox, now, drain);
  // A mailbox that ended says when by itself.
  const isLeaving = drain !== null && isMoving(state.kind);
  const since = 'at' in state || isLeaving ? null : stateSince(mailbox);
  const comma = state.kind === 'backing-off' || state.kind === 'queued' ? ',' : '';
  const left: Spans = [
    ' ',
    span(mailboxTone(mailbox), `${mailboxSign(mailbox, glyphs)} ${text}`),
    ...(since === null ? [] : [span('dim', `${comma} since ${showPast(since, now)}`)]),
    ...(mailbox.folder === null ? [] : [`   ${mailbox.folder}`]),
  ];
  const right: Spans = [
    ...(attempts > 1 ? [span('dim', `attempt ${attempts}   `)] : []),
    ...(startedAt === null || width < 100 ? [] : [span('dim', `began ${showMinute(startedAt, now)}   `)]),
    ...(rate.messages > 0 || rate.bytes > 0 ? [span('strong', paceText(rate)), '   '] : []),
    ...(end === null ? [] : ['done about ', span('strong', showMinute(end, now)), ' ']),
  ];
  return spread(left, right, width);
}

/** Why it waits in one line, what is asked of the operator in two at most. */
function reasonLines(mailbox: MailboxEntity, width: number, glyphs: Glyphs, typed: string): readonly Spans[] {
  const reason = stateReason(mailbox);
  const asks = whatItAsks(mailbox, typed);
  return [
    ...(reason === '' ? [] : [['   ', reason]]),
    ...wrap(asks, width - 4, 2).map(
      (line, index): Spans => [span('alert', ` ${index === 0 ? glyphs.alert : ' '} ${line}`)],
    ),
  ];
}

/** After an hour in one state somebody else has to look: what is to be sent to them stands ready. */
function providerLines({ provider }: MailboxEntity, now: number, glyphs: Glyphs): readonly Spans[] {
  if (provider === null) return [];
  const said = `unchanged since ${showPast(provider.since, now)}: a letter to the provider is ready`;
  return [[' ', span('alert', `${glyphs.alert} ${said}, `), span('key', 'y'), span('alert', ' copies it')]];
}

function progressLine(mailbox: MailboxEntity, width: number, glyphs: Glyphs): Spans {
  const { counts } = mailbox;
  const right: Spans = [
    '  ',
    span('strong', showPercent(settled(counts), counts.total)),
    `  ${showCount(settled(counts))} of ${showCount(counts.total)} messages`,
    span('dim', `  ${showBytes(bytesSettled(mailbox))} of ${showBytes(counts.bytesTotal)}`),
    ' ',
  ];
  const { done, left } = bar(share(counts), Math.max(0, width - 1 - spansWidth(right)), glyphs);
  return [' ', span('accent', done), span('dim', left), ...right];
}

function countsLine({ counts, errors }: MailboxEntity): Spans {
  const { copied, matched, skipped, outside, failed, vanished, left } = counts;
  const count = (n: number, word: string, tone: 'text' | 'alert' = 'text'): Spans => [
    span(n > 0 ? tone : 'dim', `${word} ${showCount(n)}  `),
  ];
  return [
    ' ',
    ...count(copied, 'copied'),
    ...count(matched, 'there'),
    ...count(skipped, 'skipped'),
    ...(outside > 0 ? count(outside, 'left out by date') : []),
    ...count(failed, 'failed', 'alert'),
    ...count(vanished, 'gone'),
    ...count(left, 'left'),
    ...(errors > 0 ? [span('alert', `errors ${showCount(errors)}`)] : []),
  ];
}

/** ` source       2 lines   4 in flight   UID FETCH ...` */
function sideLine(side: Side, { lines: both, message, servers }: MailboxEntity): Spans {
  const { connections, command, inFlight } = both[side];
  // Its server has a name where the batch has several.
  const name = servers === null ? fitText(side, 13) : fitText(`${side} ${hostOf(servers[side])}`, 36);
  const lines = fitText(plural(connections, 'connection'), 16);
  if (connections === 0) return [' ', name, span('dim', lines)];
  return [
    ' ',
    name,
    lines,
    fitText(`${showCount(inFlight)} in flight`, 17),
    command ?? span('dim', 'no command'),
    ...(message?.side === side ? [`  ${messageText(message)}`] : []),
  ];
}

function responseLine({ lastResponse }: MailboxEntity): Spans {
  if (!lastResponse) return [' ', span('dim', fitText('last said', 13)), span('dim', 'no refusal so far')];
  const { side, text, at } = lastResponse;
  return [' ', span('dim', fitText('last said', 13)), span('dim', `${showClock(at)} ${side}  `), text];
}
