import { showTimer } from '../../../words/times.js';
import type { ConsoleView } from '../../model/view.js';
import { hostOf } from '../../select/host-of.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';

/** `mail.old.example → mail.new.example   for 6:14:02`; how many more there are stands behind it. */
export function endpointsSpans({ batch, now }: ConsoleView, glyphs: Glyphs): Spans {
  if (batch === null) return [];
  const side = (url: string, all: readonly unknown[]) =>
    all.length > 1 ? `${hostOf(url)} +${all.length - 1}` : hostOf(url);
  const { source, destination } = batch.endpoints;
  const since = batch.startedAt <= now ? `   for ${showTimer(now - batch.startedAt)}` : '';
  // The two that turn each second are of one colour: with nothing else on the screen moving, each change of it counts.
  return [span('dim', `${side(batch.source, source)} ${glyphs.to} ${side(batch.destination, destination)}`), since];
}
