import type { Glyphs } from '../text/glyphs.js';
import { type Span, span } from '../text/spans.js';

/** `resting`: what Enter does from anywhere in its dialog. `quiet`: the way out. */
export type ButtonLook = 'focused' | 'resting' | 'quiet';

/** `▸[ Retry 131 ]`: the one that is pressed by Enter has a sign, not a colour alone. As wide whichever it is. */
export function button(text: string, look: ButtonLook, glyphs: Glyphs): Span {
  switch (look) {
    case 'focused':
      return span('selected', `${glyphs.cursor}[ ${text} ]`);
    case 'resting':
      return span('strong', ` [ ${text} ]`);
    case 'quiet':
      return `   ${text}  `;
  }
}
