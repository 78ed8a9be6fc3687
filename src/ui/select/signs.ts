import { settled, wholeOf } from '../../protocol/figures.js';
import { showCount, showPercent } from '../../words/units.js';
import type { ConsoleView } from '../model/view.js';
import type { Signs } from '../terminal/signs.js';
import type { Glyphs } from '../text/glyphs.js';
import { movingIn } from './states.js';

/** The signs of a batch beside its screen: the title `▲2 · 64% · school`, the progress on the tab, and the bell. */
export function signsOf({ batch, link }: ConsoleView, glyphs: Glyphs): Signs {
  if (batch === null) return { title: 'nightferry', percent: null, needs: 0, isOver: false };
  const { needs, name, byState } = batch;
  const whole = wholeOf(batch);
  const done = settled(batch.counts);
  const parts = [
    ...(needs > 0 ? [`${glyphs.alert}${showCount(needs)}`] : []),
    link.kind === 'gone' ? 'engine gone' : showPercent(done, whole),
    name,
  ];
  const isUnderWay = movingIn(byState) + byState.queued + byState['backing-off'] + byState.paused > 0;
  return {
    title: parts.join(` ${glyphs.middot} `),
    percent: whole > 0 ? Math.floor((done * 100) / whole) : null,
    needs,
    isOver: link.kind === 'ended' || (link.kind === 'live' && !isUnderWay),
  };
}
