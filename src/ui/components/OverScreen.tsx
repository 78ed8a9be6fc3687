import { Box } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import type { Click } from '../keys/mouse-hub.js';
import { useLook } from '../look.js';
import { fitSpans, type Spans } from '../text/spans.js';
import { Lines } from './Lines.js';

/** If fewer cells are visible beside the box, they are blanked: only fragments of words would show. */
const LEAST_SIDE = 12;

export interface OverScreenProps {
  /** The box. */
  readonly lines: readonly Spans[];
  readonly width: number;
  readonly onClick?: (click: Click) => void;
  /** Drawn into the box, from its corner on. */
  readonly children?: ReactNode;
}

/** A box over the middle of the screen. Where too little shows beside the box, those lines are blanked. */
export function OverScreen({ lines, width, onClick, children }: OverScreenProps): ReactElement {
  const { columns, glyphs } = useLook();
  const beside = Math.max(0, Math.floor((columns - width) / 2));
  const left = beside < LEAST_SIDE ? beside : 0;
  const whole = left > 0 ? columns : width;
  const drawn = lines.map((line): Spans => [' '.repeat(left), ...fitSpans(line, width, { ellipsis: glyphs.ellipsis })]);
  return (
    <Box>
      <Lines lines={drawn} width={whole} {...(onClick ? { onClick } : {})} />
      {children && (
        <Box position="absolute" marginLeft={left}>
          {children}
        </Box>
      )}
    </Box>
  );
}
