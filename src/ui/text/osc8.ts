/**
 * Begins a link of the terminal (OSC 8): what is written next opens this page.
 *
 * @param page  '' ends the link before it
 */
export const linkTo = (page: string): string => `\u001b]8;;${page}\u0007`;

/** A text as a link, for terminals that know OSC 8. Only the address of a page becomes one: no control character passes. */
export function asLink(page: string, text: string): string {
  return /^https?:\/\/[\x21-\x7e]+$/.test(page) ? `${linkTo(page)}${text}${linkTo('')}` : text;
}
