/**
 * The program's identity for servers (RFC 2971). Some let nobody read mail who has not sent one. The values are those
 * of package.json; `support-url` joins them when package.json names a page, and a test compares both.
 */
export const IDENTITY: Readonly<Record<string, string>> = {
  name: 'Nightferry',
  version: '0.2.0',
  vendor: 'Nightferry',
};

/** The most fields of an ID (RFC 2971 section 3.3). */
const MOST_FIELDS = 30;
const LONGEST_FIELD = 30;
const LONGEST_VALUE = 1024;

/** The ID command, within the limits of RFC 2971. Values that no quoted string can hold are left out. */
export function idCommand(identity: Readonly<Record<string, string>> = IDENTITY): string {
  const fields = Object.entries(identity)
    .map(([field, value]) => [printable(field), printable(value)] as const)
    .filter(([field, value]) => field !== '' && field.length <= LONGEST_FIELD && value.length <= LONGEST_VALUE)
    .slice(0, MOST_FIELDS);
  if (fields.length === 0) return 'ID NIL';
  return `ID (${fields.map(([field, value]) => `${quoted(field)} ${quoted(value)}`).join(' ')})`;
}

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '');
const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
