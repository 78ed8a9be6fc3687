import type { ReactElement } from 'react';
import { Lines } from '../components/Lines.js';
import { keyOf } from '../keys/bindings.js';
import { useLook } from '../look.js';
import type { ScreenSize } from '../terminal/tty.js';
import { wrap } from '../text/wrap.js';

/** In place of screens that would overlap. The engine does not mind. */
export function TooSmall({ least }: { readonly least: ScreenSize }): ReactElement | null {
  const { columns, rows } = useLook();
  const text = `The terminal is ${columns}x${rows}; the console needs ${least.columns}x${least.rows}. Nothing stops meanwhile. ${keyOf('look.leave')} leaves.`;
  return <Lines lines={wrap(text, columns, rows).map((line) => [line])} width={columns} height={rows} />;
}
