import type { ReactElement } from 'react';
import { useLook } from '../look.js';
import type { Glyphs } from '../text/glyphs.js';
import { widthOf } from '../text/graphemes.js';
import { type Spans, span, spansWidth } from '../text/spans.js';
import { Lines } from './Lines.js';

/** `── needs you 2 ──────────` */
export function ruleLine(title: Spans, width: number, glyphs: Glyphs): Spans {
  const dash = (n: number) => span('dim', glyphs.horizontal.repeat(Math.max(0, n)));
  if (spansWidth(title) === 0) return [dash(width)];
  return [dash(2), ' ', ...title, ' ', dash(width - spansWidth(title) - 4)];
}

export interface RuleProps {
  readonly title: string | Spans;
  readonly width?: number;
}

/** A line that begins a section and says what it holds. */
export function Rule({ title, width }: RuleProps): ReactElement | null {
  const { glyphs, columns } = useLook();
  const spans = typeof title === 'string' ? (widthOf(title) > 0 ? [span('strong', title)] : []) : title;
  return <Lines lines={[ruleLine(spans, width ?? columns, glyphs)]} width={width ?? columns} height={1} />;
}
