import { type ReactElement, useContext } from 'react';
import { Lines } from '../components/Lines.js';
import { keyOf } from '../keys/bindings.js';
import { useLook } from '../look.js';
import { BatchConsoleContext, useView } from '../model/context.js';
import { smallStatus } from '../select/small-status.js';
import type { ScreenSize } from '../terminal/tty.js';
import { wrap } from '../text/wrap.js';
import { SmallScreenContext } from './small-screen.js';

/** In place of screens that would overlap: where a batch is open, how it stands. The engine does not mind. */
export function TooSmall({ least }: { readonly least: ScreenSize }): ReactElement | null {
  const { columns, rows } = useLook();
  const isOnBatch = useContext(BatchConsoleContext) !== null;
  const Small = useContext(SmallScreenContext);
  if (isOnBatch) return <SmallStatus least={least} />;
  if (Small) {
    const foot = `${least.columns}x${least.rows} has the form, too. ${keyOf('look.leave')} leaves, engines go on.`;
    return <Small columns={columns} rows={rows} foot={foot} />;
  }
  const text = `The terminal is ${columns}x${rows}; the console needs ${least.columns}x${least.rows}. Nothing stops meanwhile. ${keyOf('look.leave')} leaves.`;
  return <Lines lines={wrap(text, columns, rows).map((line) => [line])} width={columns} height={rows} />;
}

function SmallStatus({ least }: { readonly least: ScreenSize }): ReactElement | null {
  const { columns, rows, glyphs } = useLook();
  const foot = `${least.columns}x${least.rows} shows more. ${keyOf('look.leave')} leaves, the engine goes on.`;
  return <Lines lines={smallStatus(useView(), { columns, rows }, glyphs, foot)} width={columns} height={rows} />;
}
