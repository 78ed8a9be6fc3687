/** Where one text differs from another: so many characters are as there, these instead, and so many at the end are as there. */
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
