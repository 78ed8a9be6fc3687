import type { ReactElement } from 'react';
import { Lines } from '../components/Lines.js';
import { useLook } from '../look.js';
import { type Spans, span, spread } from '../text/spans.js';
import { useShell } from './context.js';

/** The first line of a screen: where one is, and at its right end what the screen says. */
export function Breadcrumbs({ right = [] }: { readonly right?: Spans }): ReactElement | null {
  const { glyphs, columns } = useLook();
  const { crumbs } = useShell();
  const left = crumbs.flatMap(
    (crumb, index): Spans => [
      span('dim', index === 0 ? ' ' : ` ${glyphs.crumb} `),
      span(index === crumbs.length - 1 ? 'strong' : 'text', crumb),
    ],
  );
  return <Lines lines={[spread(left, right.length > 0 ? [...right, ' '] : [], columns)]} width={columns} height={1} />;
}
