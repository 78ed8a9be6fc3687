import { type ReactElement, useMemo } from 'react';
import { Lines } from '../../components/Lines.js';
import { useLook } from '../../look.js';
import { useNightPace } from '../shared/use-night-pace.js';
import { graphLines } from './graph-lines.js';

/** The pace of the whole night. It asks the engine for it as long as it is on the screen. */
export function NightGraph({ width, height }: { readonly width: number; readonly height: number }): ReactElement {
  const { glyphs } = useLook();
  const pace = useNightPace();
  const lines = useMemo(() => graphLines(pace, { width, height, glyphs }), [pace, width, height, glyphs]);
  return <Lines lines={lines} width={width} height={height} />;
}
