import type { ReactElement } from 'react';
import { showClock } from '../../words/times.js';
import { useLook } from '../look.js';
import { type Spans, span } from '../text/spans.js';
import { wrap } from '../text/wrap.js';
import { Lines } from './Lines.js';
import type { Toast, ToastList } from './toast-list.js';

function signOf(toast: Toast, glyphs: { alert: string; good: string; middot: string }): string {
  if (toast.tone === 'alert') return glyphs.alert;
  return toast.tone === 'good' ? glyphs.good : glyphs.middot;
}

/** The newest message, over the last line of the screen. */
export function ToastLine({ toast, width }: { readonly toast: Toast; readonly width: number }): ReactElement | null {
  const { glyphs } = useLook();
  const times = toast.times > 1 ? ` (${toast.times} times)` : '';
  const line: Spans = [' ', span(toast.tone, `${signOf(toast, glyphs)} ${toast.text}${times}`)];
  return <Lines lines={[line]} width={width} height={1} />;
}

/** Cells before a text of the history: its time and its sign. */
const BEFORE = 13;

/** The messages so far, the newest first, each of them whole. */
export function toastHistory(
  list: ToastList,
  width: number,
  glyphs: { alert: string; good: string; middot: string },
): readonly Spans[] {
  return [...list].reverse().flatMap((toast): readonly Spans[] => {
    const times = toast.times > 1 ? ` (${toast.times} times)` : '';
    return wrap(toast.text + times, width - BEFORE - 1).map(
      (line, index): Spans =>
        index === 0
          ? [' ', span('dim', showClock(toast.at)), '  ', span(toast.tone, `${signOf(toast, glyphs)} ${line}`)]
          : [' '.repeat(BEFORE), span(toast.tone, line)],
    );
  });
}
