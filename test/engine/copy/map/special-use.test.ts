import { expect, it } from 'vitest';
import { ROLES, roleByName } from '../../../../src/engine/copy/map/special-use.js';
import { comparable, namesIn, WELL_KNOWN } from '../../../../src/engine/copy/map/well-known-names.js';
import { NO_MAIL_NAMES } from '../../../../src/engine/profiles/no-mail-names.js';

it.each([
  ['Gesendete Objekte', '\\Sent'],
  ['ÉLÉMENTS ENVOYÉS', '\\Sent'],
  ['送信済みトレイ', '\\Sent'],
  ['Entwürfe'.normalize('NFD'), '\\Drafts'],
  ['Черновики', '\\Drafts'],
  ['Papelera', '\\Trash'],
  ['Deleted  Items', '\\Trash'],
  ['Junk E-mail', '\\Junk'],
  ['Archiv', '\\Archive'],
  ['Rechnungen', null],
  ['', null],
])('knows %s as %s', (name, role) => {
  expect(roleByName(name)).toBe(role);
});

it('holds no name under two roles, or as mail and no mail', () => {
  const all = [...ROLES.flatMap((role) => [...namesIn(WELL_KNOWN[role])]), ...NO_MAIL_NAMES.map(comparable)];
  const twice = all.filter((name, at) => all.indexOf(name) !== at);
  expect(twice).toEqual([]);
  expect(all.length).toBeGreaterThan(400);
});
