/**
 * How a text differs from another: it has as many characters of its start, then these instead, and as many characters
 * of its end.
 */
export type TextDifference = [start: number, instead: string, end: number];

export function differenceTo(model: string, text: string): TextDifference {
  const most = Math.min(model.length, text.length);
  let start = 0;
  while (start < most && model.charCodeAt(start) === text.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && model.at(-1 - end) === text.at(-1 - end)) end++;
  return [start, text.slice(start, text.length - end), end];
}

export function applyDifference(model: string, [start, instead, end]: TextDifference): string {
  return `${model.slice(0, start)}${instead}${model.slice(model.length - end)}`;
}
