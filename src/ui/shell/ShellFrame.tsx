import { Box } from 'ink';
import { type ReactElement, type ReactNode, useMemo } from 'react';
import { Lines } from '../components/Lines.js';
import { ToastLine } from '../components/ToastLine.js';
import type { Toast } from '../components/toast-list.js';
import type { MouseHub } from '../keys/mouse-hub.js';
import { MouseContext } from '../keys/use-mouse.js';
import type { ScreenSize } from '../terminal/tty.js';
import type { Spans } from '../text/spans.js';
import type { Overlay } from './use-overlay.js';

export interface ShellFrameProps {
  readonly size: ScreenSize;
  readonly mouse: MouseHub;
  /** The status line. */
  readonly hints: readonly Spans[];
  readonly overlay: Overlay;
  readonly toast: Toast | null;
  /** The screen, above the status line. */
  readonly children: ReactNode;
}

/** The parts of the shell in their places. Below an overlay, the screen takes no clicks. */
export function ShellFrame({ size, mouse, hints, overlay, toast, children }: ShellFrameProps): ReactElement {
  const { columns } = size;
  const height = size.rows - hints.length;
  const reach = useMemo(
    () => ({ open: { hub: mouse, reach: 'open' }, covered: { hub: mouse, reach: 'covered' } }) as const,
    [mouse],
  );
  return (
    <MouseContext.Provider value={reach.open}>
      <Box width={columns} height={size.rows} flexDirection="column">
        <Box width={columns} height={height} flexDirection="column" flexShrink={0}>
          <MouseContext.Provider value={overlay?.at === 'middle' ? reach.covered : reach.open}>
            {overlay?.at === 'page' ? overlay.node : children}
          </MouseContext.Provider>
        </Box>
        <Lines lines={hints} width={columns} />
        {overlay?.at === 'middle' && (
          <Box position="absolute" width={columns} height={height} alignItems="center" justifyContent="center">
            {overlay.node}
          </Box>
        )}
        {toast && (
          <Box position="absolute" marginTop={height - 1}>
            <ToastLine toast={toast} width={columns} />
          </Box>
        )}
      </Box>
    </MouseContext.Provider>
  );
}
