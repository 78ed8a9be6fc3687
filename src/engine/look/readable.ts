import { sanitise } from '../responses/sanitise.js';

/** Characters of a field that are shown. */
const LONGEST_FIELD = 500;

/** Any text of a message, or of the server about it, made safe and cut. */
export function readable(text: string): string {
  return sanitise(text, LONGEST_FIELD);
}
