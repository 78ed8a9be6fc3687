/**
 * One line of CSV as RFC 4180 has it, section 2, ended by CRLF. A text that a spreadsheet would take for a formula
 * gets an apostrophe in front: names of folders and responses are whatever a mailbox's owner or a server likes.
 */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map((value) => (typeof value === 'string' ? field(value) : (value ?? ''))).join(',')}\r\n`;
}

function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
