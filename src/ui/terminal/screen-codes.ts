import { MOUSE_OFF } from './mouse.js';

/** The alternate screen, no cursor, no wrapping at the last cell, and pastes that say that they are pastes. */
export const ENTER_SCREEN = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[m\u001b[2J';

/** All of it back, attributes off, and the mouse. Harmless when sent twice. */
export const LEAVE_SCREEN = `${MOUSE_OFF}\u001b[m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l`;
