import { BadInput } from '../../words/bad-input.js';

const PLACEHOLDERS = ['{email}', '{user}', '{domain}'];

/**
 * Checks `--source-login '{user}*admin'`: known placeholders only, and one that tells mailboxes apart.
 *
 * @param option  for the message: `--source-login`
 */
export function checkLoginTemplate(template: string, option: string): string {
  const named: string[] = template.match(/\{[^{}]*\}/g) ?? [];
  const unknown = named.find((name) => !PLACEHOLDERS.includes(name));
  if (unknown) throw new BadInput(`${option}: ${JSON.stringify(unknown)} is unknown; use ${PLACEHOLDERS.join(', ')}`);
  if (!named.includes('{email}') && !named.includes('{user}')) {
    throw new BadInput(`${option}: without {email} or {user} every mailbox would log in as the same user`);
  }
  return template;
}
