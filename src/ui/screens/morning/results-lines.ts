import { type Results, resultsOf } from '../../../protocol/results.js';
import type { ConsoleView } from '../../model/view.js';
import { countsText, nextCommands, paceText, verdictText } from '../../select/results.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';

/** How the batch stands, in one sentence; once nothing of it is at work also the sums. */
export function resultsLines({ batch, mailboxes }: ConsoleView, width: number, glyphs: Glyphs): readonly Spans[] {
  if (batch === null) return [];
  const results = resultsOf(batch, mailboxes);
  const verdict = wrap(verdictText(results), width - 4, 2).map(
    (line, index): Spans => [' ', index === 0 ? signOf(results, glyphs) : ' ', ' ', span('strong', line)],
  );
  if (results.verdict === 'at work') return verdict;
  const sums = wrap(countsText(results), width - 4, 2).map((line): Spans => ['   ', line]);
  return [...verdict, ...sums, ['   ', span('dim', paceText(results))]];
}

/** Commands to type once this console is left; below everything. The one that opens it has done its part. */
export function nextLines({ batch, mailboxes }: ConsoleView, typed: string | null): readonly Spans[] {
  if (batch === null || typed === null) return [];
  const results = resultsOf(batch, mailboxes);
  if (results.verdict === 'at work') return [];
  return nextCommands(results, typed)
    .filter(({ opens }) => opens !== 'console')
    .slice(0, 2)
    .map(({ command, does }): Spans => [' ', span('key', command), span('dim', `  ${does}`)]);
}

function signOf({ verdict }: Results, glyphs: Glyphs) {
  if (verdict === 'needs you') return span('alert', glyphs.alert);
  if (verdict === 'settled' || verdict === 'left out') return span('good', glyphs.good);
  return span('accent', glyphs.mark);
}
