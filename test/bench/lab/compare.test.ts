import { describe, expect, it } from 'vitest';
import type { StoredFolder, StoredMessage } from '../../../bench/lab/account.js';
import { compareFolders, comparisonText, isFaithful } from '../../support/compare.js';

const mail = (hash: string, more: Partial<StoredMessage> = {}): StoredMessage => ({
  uid: 1,
  hash,
  likeness: hash,
  size: 10,
  flags: ['\\seen'],
  instant: 1000,
  ...more,
});
const folder = (
  name: string,
  messages: readonly StoredMessage[] | null,
  more: Partial<StoredFolder> = {},
): StoredFolder => ({
  wire: name,
  name,
  delimiter: '/',
  attributes: [],
  subscribed: false,
  messages,
  ...more,
});
const findings = (source: StoredFolder[], destination: StoredFolder[]) =>
  compareFolders(source, destination).findings.map(({ what, folder: where }) => `${what} ${where}`);

describe('comparing two accounts', () => {
  it('finds nothing between equals, in any order', () => {
    const compared = compareFolders(
      [folder('INBOX', [mail('a'), mail('b')])],
      [folder('INBOX', [mail('b'), mail('a')])],
    );
    expect(compared).toMatchObject({ identical: 2, findings: [] });
    expect(isFaithful(compared)).toBe(true);
  });

  it.each([
    ['missing INBOX', [mail('a'), mail('b')], [mail('a')]],
    ['missing INBOX', [mail('a'), mail('a')], [mail('a')]],
    ['duplicate INBOX', [mail('a')], [mail('a'), mail('a')]],
    ['extra INBOX', [mail('a')], [mail('a'), mail('x')]],
    ['altered INBOX', [mail('a', { likeness: 'l' })], [mail('A', { likeness: 'l' })]],
    ['flags INBOX', [mail('a')], [mail('a', { flags: [] })]],
    ['date INBOX', [mail('a')], [mail('a', { instant: 2000 })]],
  ])('says %s', (finding, source, destination) => {
    expect(findings([folder('INBOX', source)], [folder('INBOX', destination)])).toEqual([finding]);
    const compared = compareFolders([folder('INBOX', source)], [folder('INBOX', destination)]);
    expect(isFaithful(compared)).toBe(false);
    expect(comparisonText(compared)).toBe(`1 ${finding.split(' ')[0]}`);
  });

  it('does not blame two duplicates for one wrong date', () => {
    const source = [mail('a', { instant: 1000 }), mail('a', { instant: 2000 })];
    expect(findings([folder('INBOX', source)], [folder('INBOX', [source[1]!, mail('a', { instant: 3000 })])])).toEqual([
      'date INBOX',
    ]);
  });

  it('takes Sent and Gesendet for one by their role, with what lies below', () => {
    const source = [folder('Sent', [mail('a')], { attributes: ['\\sent'] }), folder('Sent/2023', [mail('b')])];
    const destination = [
      folder('Gesendet', [mail('a')], { attributes: ['\\sent'] }),
      folder('Gesendet/2023', [mail('b')]),
    ];
    expect(isFaithful(compareFolders(source, destination))).toBe(true);
  });

  it('misses whole folders, roles and subscriptions', () => {
    const source = [folder('A', [mail('a')]), folder('B', [], { subscribed: true })];
    const compared = compareFolders(source, [folder('B', []), folder('C', [])]);
    expect(compared).toMatchObject({ foldersMissing: ['A'], foldersExtra: ['C'], subscriptionsMissing: ['B'] });
    expect(compared.findings).toHaveLength(1);
  });

  it('follows a rename of the operator’s', () => {
    const compared = compareFolders(
      [folder('INBOX', [mail('a')])],
      [folder('Old/INBOX', [mail('a')])],
      (name) => `Old/${name}`,
    );
    expect(isFaithful(compared)).toBe(true);
  });
});
