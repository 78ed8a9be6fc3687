import type { EndpointEntity } from '../../../protocol/endpoint-entity.js';
import type { BatchEntity, MailboxEntity } from '../../../protocol/entities.js';
import { bytesSettled, settled, shareOfWhole, wholeOf } from '../../../protocol/figures.js';
import { showMinute } from '../../../words/times.js';
import { plural, showBytes, showPercent, showShortCount } from '../../../words/units.js';
import type { ConsoleView } from '../../model/view.js';
import { endSpans } from '../../select/end-spans.js';
import { hostOf } from '../../select/host-of.js';
import { paceText, shortPaceText } from '../../select/pace.js';
import { bar } from '../../text/bar.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spansWidth, spread } from '../../text/spans.js';
import { sparkline } from '../../text/sparkline.js';
import { statesThatFit } from './state-counts.js';

/** How many lines {@link nightHeader} has. */
export const HEADER_HEIGHT = 3;

/** The batch in three lines: how far, who, how well and until when. */
export function nightHeader(view: ConsoleView, width: number, glyphs: Glyphs): readonly Spans[] {
  const { batch, now, link } = view;
  if (batch === null) {
    const read = link.kind === 'opening' ? plural(link.read, 'mailbox', 'mailboxes') : '';
    return [[' ', span('dim', `reading the batch ${read}`)], [], []];
  }
  return [
    progressLine(batch, width, glyphs),
    statesLine(batch, view.mailboxes, width, glyphs),
    healthLine(batch, view.mailboxes, now, width, glyphs),
  ];
}

function progressLine(batch: BatchEntity, width: number, glyphs: Glyphs): Spans {
  const { counts, errors } = batch;
  const whole = wholeOf(batch);
  const about = batch.unseen > 0 ? 'about ' : '';
  const bytes = batch.expectedBytes ?? (batch.unseen > 0 ? null : counts.bytesTotal);
  const right: Spans = [
    '  ',
    span('strong', showPercent(settled(counts), whole)),
    ...(whole === 0 && batch.unseen > 0
      ? [span('dim', '  nothing is counted yet')]
      : [
          `  ${showShortCount(settled(counts))} of ${about}${showShortCount(whole)} messages`,
          span('dim', `  ${showBytes(bytesSettled(batch))}${bytes === null ? '' : ` of ${showBytes(bytes)}`}`),
        ]),
    ...(errors > 0 ? [span('alert', `  ${showShortCount(errors)} ${errors === 1 ? 'error' : 'errors'}`)] : []),
    ' ',
  ];
  const { done, left } = bar(shareOfWhole(batch), Math.max(0, width - 1 - spansWidth(right)), glyphs);
  return [' ', span('accent', done), span('dim', left), ...right];
}

function statesLine(batch: BatchEntity, mailboxes: readonly MailboxEntity[], width: number, glyphs: Glyphs): Spans {
  const { rate, trend } = batch;
  const messages: Spans = [span('strong', shortPaceText(rate)), ' '];
  const both: Spans = [span('strong', paceText(rate)), ' '];
  const left = statesThatFit(batch, mailboxes, width - spansWidth(messages) - 2, glyphs);
  // The states come first; the rate in bytes and the last ten minutes where there is room.
  const room = width - spansWidth(left) - 2;
  if (spansWidth(both) > room) return spread(left, messages, width);
  const cells = Math.min(60, trend.length, room - spansWidth(both) - 2);
  const spark: Spans = cells < 5 ? [] : [span('accent', sparkline(trend, cells, glyphs)), '  '];
  return spread(left, [...spark, ...both], width);
}

function healthLine(
  batch: BatchEntity,
  mailboxes: readonly MailboxEntity[],
  now: number,
  width: number,
  glyphs: Glyphs,
): Spans {
  const { source, destination } = batch.endpoints;
  const left: Spans = [
    ' source ',
    ...endpointSpans(source, now, glyphs),
    '   destination ',
    ...endpointSpans(destination, now, glyphs),
  ];
  const room = width - spansWidth(left) - 3;
  return spread(left, [...endSpans(batch, mailboxes, now, room), ' '], width);
}

/** A side with several servers: the sum of their connections, and the first trouble among them. */
function endpointSpans(endpoints: readonly EndpointEntity[], now: number, glyphs: Glyphs): Spans {
  const sum = (of: (endpoint: EndpointEntity) => number) => endpoints.reduce((all, one) => all + of(one), 0);
  const used = `${sum(({ connections }) => connections)}/${sum(({ allowed }) => allowed)}`;
  for (const endpoint of endpoints) {
    const trouble = troubleSpans(endpoint, now, glyphs);
    const name = endpoints.length > 1 ? ` ${hostOf(endpoint.name)}` : '';
    if (trouble.length > 0) return [used, name, ...trouble];
  }
  return [used];
}

function troubleSpans(endpoint: EndpointEntity, now: number, glyphs: Glyphs): Spans {
  const { throttledUntil, unreachableUntil, circuit } = endpoint;
  // Nobody connects meanwhile: what each of them met is in its place.
  if (circuit !== null)
    return [' ', span('alert', `${glyphs.alert} left alone until ${showMinute(circuit.until, now)}`)];
  const health: Spans[] = [];
  if (unreachableUntil !== null && unreachableUntil > now)
    health.push([' ', span('alert', `${glyphs.alert} out of reach, again ${showMinute(unreachableUntil, now)}`)]);
  if (throttledUntil !== null && throttledUntil > now)
    health.push([' ', span('alert', `throttled until ${showMinute(throttledUntil, now)}`)]);
  return health.flat();
}
