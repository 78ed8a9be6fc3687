import { showTimer } from '../../../words/times.js';
import type { ConsoleView } from '../../model/view.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';

/** `mail.old.example → mail.new.example   for 6:14:02`; what every URL of this kind has is left out. */
export function endpointsSpans({ batch, now }: ConsoleView, glyphs: Glyphs): Spans {
  if (batch === null) return [];
  const host = (url: string) => url.replace(/^imaps:\/\/(.*?)(?::993)?$/, '$1');
  const since = batch.startedAt <= now ? `   for ${showTimer(now - batch.startedAt)}` : '';
  // The two that turn each second are of one colour: with nothing else on the screen moving, each change of it counts.
  return [span('dim', `${host(batch.source)} ${glyphs.to} ${host(batch.destination)}`), since];
}
