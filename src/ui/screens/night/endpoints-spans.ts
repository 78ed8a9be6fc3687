import { elapsedOf, isOver } from '../../../protocol/results.js';
import { showTimer } from '../../../words/times.js';
import type { ConsoleView } from '../../model/view.js';
import { hostOf } from '../../select/host-of.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';

/**
 * `mail.old.example → mail.new.example   for 6:14:02`, and `took 6:14:02` when it is over; how many more servers there
 * are stands behind each.
 */
export function endpointsSpans({ batch, mailboxes, now }: ConsoleView, glyphs: Glyphs): Spans {
  if (batch === null) return [];
  const side = (url: string, all: readonly unknown[]) =>
    all.length > 1 ? `${hostOf(url)} +${all.length - 1}` : hostOf(url);
  const { source, destination } = batch.endpoints;
  const going = batch.startedAt <= now ? `   for ${showTimer(now - batch.startedAt)}` : '';
  const since = isOver(batch) ? `   took ${showTimer(elapsedOf(batch, mailboxes))}` : going;
  // The two that turn each second are of one colour: with nothing else on the screen moving, each change of it counts.
  return [span('dim', `${side(batch.source, source)} ${glyphs.to} ${side(batch.destination, destination)}`), since];
}
