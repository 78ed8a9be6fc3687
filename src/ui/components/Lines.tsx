import { Box, Transform } from 'ink';
import type { ReactElement } from 'react';
import { useLook } from '../look.js';
import { fitSpans, inColour, type Spans } from '../text/spans.js';

export interface LinesProps {
  readonly lines: readonly Spans[];
  /** Cells; every line is made that wide. */
  readonly width: number;
  /** Lines; blank ones follow when there are fewer, and more are left out. Unsaid: as many as there are. */
  readonly height?: number;
}

/**
 * Lines of text as they are: the one way of a text to the screen. Ink measures every text that it shows and
 * keeps each measure for ever, so a night of changing numbers would fill the memory; here it measures a
 * fixed placeholder and gets the lines by a transform.
 */
export function Lines({ lines, width, height = lines.length }: LinesProps): ReactElement | null {
  const { theme, glyphs } = useLook();
  if (width <= 0 || height <= 0) return null;
  const drawn = Array.from({ length: height }, (_, y) =>
    inColour(fitSpans(lines[y] ?? [], width, { ellipsis: glyphs.ellipsis }), theme),
  );
  return (
    <Box width={width} height={height} flexShrink={0}>
      <Transform transform={(_, y) => drawn[y] ?? ''}>{placeholder(height)}</Transform>
    </Box>
  );
}

/** One cell a line. */
function placeholder(height: number): string {
  return `.${'\n.'.repeat(height - 1)}`;
}
