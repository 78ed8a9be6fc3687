import { Box, type DOMElement, Transform } from 'ink';
import { type ReactElement, useRef } from 'react';
import type { Click } from '../keys/mouse-hub.js';
import { useMouse } from '../keys/use-mouse.js';
import { useLook } from '../look.js';
import { fitSpans, inColour, type Spans, targetAt } from '../text/spans.js';

export interface LinesProps {
  readonly lines: readonly Spans[];
  /** Cells; every line is made that wide. */
  readonly width: number;
  /** Lines; blank ones follow when there are fewer, and more are left out. Unsaid: as many as there are. */
  readonly height?: number;
  /** A click that meets no key. */
  readonly onClick?: (click: Click) => void;
}

/**
 * Lines of text as they are: the one way of a text to the screen. Ink measures every text that it shows and
 * keeps each measure for ever, so a night of changing numbers would fill the memory; here it measures a
 * fixed placeholder and gets the lines by a transform.
 */
export function Lines({ lines, width, height = lines.length, onClick }: LinesProps): ReactElement | null {
  const { theme, glyphs } = useLook();
  const box = useRef<DOMElement>(null);
  useMouse(box, (x, y) => targetAt(lines[y] ?? [], x), onClick ?? null);
  if (width <= 0 || height <= 0) return null;
  const drawn = Array.from({ length: height }, (_, y) =>
    inColour(fitSpans(lines[y] ?? [], width, { ellipsis: glyphs.ellipsis }), theme),
  );
  return (
    <Box ref={box} width={width} height={height} flexShrink={0}>
      <Transform transform={(_, y) => drawn[y] ?? ''}>{placeholder(height)}</Transform>
    </Box>
  );
}

/** One cell a line. */
function placeholder(height: number): string {
  return `.${'\n.'.repeat(height - 1)}`;
}
