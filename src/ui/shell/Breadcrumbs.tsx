import type { ReactElement } from 'react';
import { Lines } from '../components/Lines.js';
import { useLook } from '../look.js';
import { type Spans, spansWidth, spread } from '../text/spans.js';
import { useShell } from './context.js';
import { crumbSpans } from './crumb-spans.js';

/** The first line of a screen: where one is, and at its right end what the screen says. */
export function Breadcrumbs({ right = [] }: { readonly right?: Spans }): ReactElement | null {
  const { glyphs, columns } = useLook();
  const { crumbs } = useShell();
  const said: Spans = right.length > 0 ? [...right, ' '] : [];
  // As much as `spread` leaves to it.
  const room = Math.max(Math.ceil(columns / 3), columns - spansWidth(said)) - 1;
  return <Lines lines={[spread(crumbSpans(crumbs, room, glyphs), said, columns)]} width={columns} height={1} />;
}
