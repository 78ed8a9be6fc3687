/** `1 message`, `3 messages`, `12,345 messages`. @param many  where an s does not do */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}
