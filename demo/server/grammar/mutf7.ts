/** Modified UTF-7, the folder names of RFC 3501 section 5.1.3. */
export function encodeName(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-';
    const wide = Buffer.from(run, 'utf16le').swap16();
    return `&${wide.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
  });
}

/** @returns null when the text is not valid modified UTF-7 */
export function decodeName(text: string): string | null {
  if (/[^\x20-\x7e]/.test(text)) return null;
  let valid = true;
  const name = text.replace(/&([^-]*)(-?)/g, (_, run: string, end: string) => {
    if (end === '' || !/^[A-Za-z0-9+,]*$/.test(run)) valid = false;
    if (run === '') return '&';
    const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64');
    if (bytes.length % 2 === 1 || bytes.length === 0) valid = false;
    return valid ? bytes.swap16().toString('utf16le') : '';
  });
  // Only one writing of a name is right (RFC 3501): `&AGE-` for `a` would be a second name of one folder.
  return valid && encodeName(name) === text ? name : null;
}
