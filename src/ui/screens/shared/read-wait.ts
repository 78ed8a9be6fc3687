const LONGEST_SECONDS = 7 * 86_400;

/** `90 s`, `5 min`, `2 h`, and a number alone for minutes: how long something is put off. */
export function readWait(text: string): { readonly seconds: number } | { readonly wrong: string } {
  const [, number, unit = 'min'] = /^\s*(\d{1,6})\s*(s|sec|m|min|h)?\s*$/i.exec(text) ?? [];
  if (number === undefined) return { wrong: 'a time is expected: 90 s, 5 min, 2 h' };
  const factor = /^h/i.test(unit) ? 3_600 : /^m/i.test(unit) ? 60 : 1;
  const seconds = Number(number) * factor;
  return seconds > LONGEST_SECONDS ? { wrong: 'no longer than a week' } : { seconds };
}
