import type { ReactElement } from 'react';
import { useLook } from '../look.js';
import { showClock } from '../text/format.js';
import { type Spans, span } from '../text/spans.js';
import { Lines } from './Lines.js';
import type { Toast, ToastList } from './toast-list.js';

function signOf(toast: Toast, glyphs: { alert: string; good: string; middot: string }): string {
  if (toast.tone === 'alert') return glyphs.alert;
  return toast.tone === 'good' ? glyphs.good : glyphs.middot;
}

/** What just happened, over the last line of the screen. */
export function ToastLine({ toast, width }: { readonly toast: Toast; readonly width: number }): ReactElement | null {
  const { glyphs } = useLook();
  const times = toast.times > 1 ? ` (${toast.times} times)` : '';
  const line: Spans = [' ', span(toast.tone, `${signOf(toast, glyphs)} ${toast.text}${times}`)];
  return <Lines lines={[line]} width={width} height={1} />;
}

/** What was said so far, the newest first. */
export function toastHistory(
  list: ToastList,
  glyphs: { alert: string; good: string; middot: string },
): readonly Spans[] {
  return [...list].reverse().map((toast): Spans => {
    const times = toast.times > 1 ? span('dim', `  ${toast.times} times`) : '';
    return [
      ' ',
      span('dim', showClock(toast.at)),
      '  ',
      span(toast.tone, `${signOf(toast, glyphs)} ${toast.text}`),
      times,
    ];
  });
}
