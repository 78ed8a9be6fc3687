import type { MailboxEntity } from '../../../protocol/entities.js';
import { settled, share } from '../../../protocol/figures.js';
import { withoutTag } from '../../../words/reason-text.js';
import { showClock, showUntil } from '../../../words/times.js';
import { plural, showCount, showPercent } from '../../../words/units.js';
import { paneLines } from '../../components/Pane.js';
import { keyOf } from '../../keys/bindings.js';
import { messageText, paceText } from '../../select/pace.js';
import { type Drain, endOf, isMoving, reasonCells, reasonOf, stateText, stateTone } from '../../select/states.js';
import { bar } from '../../text/bar.js';
import { shorten } from '../../text/fit.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spread } from '../../text/spans.js';

/** Cells that a pane needs at least, and lines: with the last response, and where room is short without. */
export const PANE_WIDTH = 38;
export const PANE_HEIGHT = { full: 6, short: 5 } as const;

export interface PaneLook {
  readonly width: number;
  readonly height: number;
  readonly focus: 'focused' | 'resting';
  readonly now: number;
  readonly glyphs: Glyphs;
  readonly drain?: Drain;
}

/** A mailbox at work, in a box. */
export function mailboxPane(
  mailbox: MailboxEntity,
  { width, height, focus, now, glyphs, drain = null }: PaneLook,
): readonly Spans[] {
  const inner = width - 4;
  const sign = focus === 'focused' ? `${glyphs.cursor} ` : '';
  const lines = [
    placeLine(mailbox, inner, now, glyphs, height),
    barLine(mailbox, inner, glyphs),
    ...(mailbox.message !== null && height < PANE_HEIGHT.full
      ? [[messageText(mailbox.message)]]
      : [paceLine(mailbox, now, inner, drain)]),
    ...(height >= PANE_HEIGHT.full ? [responseLine(mailbox, drain)] : []),
  ];
  const { email, state } = mailbox;
  const status = stateText(mailbox, now, drain);
  return paneLines(
    { title: sign + email, status, statusTone: stateTone(state.kind), focus, lines },
    width,
    height,
    glyphs,
  );
}

/** Where no time stands beside a response, one that is older says what is over, in milliseconds. */
const FRESH = 60_000;

/** The folder, and where it goes when that has another name; at the end what failed, or, in a short pane, what was just said. */
function placeLine(mailbox: MailboxEntity, width: number, now: number, glyphs: Glyphs, height: number): Spans {
  const { folder, folders, lastResponse, errors, state } = mailbox;
  const failed: Spans = errors > 0 ? [span('alert', `${showCount(errors)} failed`)] : [];
  const seen = folders.length === 0 ? 'no folder was opened yet' : plural(folders.length, 'folder');
  if (folder === null) return spread([span('dim', seen)], failed, width);
  const target = folders.find(({ source }) => source === folder)?.destination ?? folder;
  const named = target === folder ? folder : `${folder} ${glyphs.to} ${target}`;
  const isSaidBelow = height >= PANE_HEIGHT.full || state.kind === 'backing-off';
  if (isSaidBelow || !lastResponse || now - lastResponse.at > FRESH || errors > 0)
    return spread([named], failed, width);
  const said = shorten(withoutTag(lastResponse.text), Math.floor(width / 2), { ellipsis: glyphs.ellipsis });
  return spread([named], ['  ', span('dim', said)], width);
}

function barLine({ counts }: MailboxEntity, width: number, glyphs: Glyphs): Spans {
  const percent = showPercent(settled(counts), counts.total).padStart(4);
  const numbers =
    width >= 50 && counts.total > 0 ? `  ${showCount(settled(counts))} of ${showCount(counts.total)}` : '';
  const { done, left } = bar(share(counts), width - percent.length - numbers.length - 2, glyphs);
  return [span('accent', done), span('dim', left), '  ', span('strong', percent), span('dim', numbers)];
}

/** How fast and until when; for one that rests, why. */
function paceLine(mailbox: MailboxEntity, now: number, width: number, drain: Drain): Spans {
  const { state, rate } = mailbox;
  if (state.kind === 'backing-off') {
    const { side, code, text } = reasonCells(reasonOf(mailbox));
    const said = [side, code === '' ? '' : `[${code}]`, text].filter((one) => one !== '').join(' ');
    return [said];
  }
  if (state.kind === 'paused') return [span('dim', `until you continue it (${keyOf('work.pause')})`)];
  if (state.kind === 'connecting') return [span('dim', 'logging in on both sides')];
  // The kernel has taken the whole message and still sends it; its speed cannot be seen.
  const isOnItsWay = mailbox.message !== null && rate.messages === 0 && rate.bytes === 0;
  const left = isOnItsWay ? [] : [paceText(rate)];
  if (state.kind === 'scanning')
    return spread([span('dim', 'reading what is there and what is missing')], rate.bytes > 0 ? left : [], width);
  const end = endOf(mailbox, drain);
  if (drain !== null && isMoving(state.kind)) return spread(left, [span('dim', flightText(mailbox))], width);
  return spread(left, [end === null ? '' : showUntil(end, now)], width);
}

/** The large message that is under way; else the last response; where there is none, or it is shown above already, the amount and the folders. */
function responseLine(mailbox: MailboxEntity, drain: Drain): Spans {
  const { lastResponse, attempts, counts, state, message } = mailbox;
  if (message !== null) return [messageText(message)];
  if (lastResponse && state.kind !== 'backing-off') {
    const { side, at, text } = lastResponse;
    return [span('dim', `${side} ${showClock(at).slice(0, 5)} ${withoutTag(text)}`)];
  }
  const said = [
    counts.total > 0 ? `${showCount(settled(counts))} of ${showCount(counts.total)}` : '',
    // Above, where it is all that is still to come.
    drain === null ? flightText(mailbox) : '',
    attempts > 1 ? `attempt ${attempts}` : '',
  ];
  return [span('dim', said.filter((one) => one !== '').join(', '))];
}

function flightText({ lines }: MailboxEntity): string {
  const flight = lines.source.inFlight + lines.destination.inFlight;
  return flight > 0 ? `${showCount(flight)} in flight` : '';
}
