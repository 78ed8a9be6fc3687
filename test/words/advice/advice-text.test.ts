import { describe, expect, it } from 'vitest';
import { parseMappings } from '../../../src/commands/input/folder-mapping.js';
import type { Advice } from '../../../src/words/advice/advice.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { EVERY_ADVICE } from '../../support/verdicts/every-advice.js';

const said = (advice: Advice) => adviceText(advice, 'school');

describe('an advice in words', () => {
  it('is a sentence or more, each another', () => {
    const texts = EVERY_ADVICE.filter(({ key }) => key !== 'too big').map(said);
    expect(texts.filter((text) => !/^["`A-Z].*(?:\.|FILE|true)$/.test(text))).toEqual([]);
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  it('names the batch where a command is to be typed, and stands in for none elsewhere', () => {
    expect(EVERY_ADVICE.filter((advice) => /undefined|null|\bNAME\b|\[object/.test(said(advice)))).toEqual([]);
    expect(said({ key: 'stands twice' })).toMatch(/`nightferry quarantine school` .* `nightferry undo school`/);
    expect(said({ key: 'certificate' })).toContain('`nightferry release school` with --source-fingerprint');
  });

  it('has commands that a shell and --map take as they are meant, whatever the names hold', () => {
    const map = { from: "a=b'c\\d", to: 'a_b' };
    const text = said({ key: 'name refused', source: map.from, name: map.from, map });
    const [, quoted = ''] = /--map ('.*'); what/.exec(text) ?? [];
    // As a POSIX shell reads it: pieces in single quotes, and an escaped quote between them.
    const word = quoted.replaceAll("'\\''", '\0').replaceAll("'", '').replaceAll('\0', "'");
    expect(parseMappings([word])).toEqual([map]);
  });

  it('says of each other spelling of INBOX that it is copied', () => {
    expect(said({ key: 'inbox spelled twice', name: 'inbox', beside: ['INBOX'] })).toContain('. INBOX is copied, and');
    expect(said({ key: 'inbox spelled twice', name: 'inbox', beside: ['INBOX', 'Inbox'] })).toContain(
      '. INBOX and Inbox are copied, and inbox cannot be opened.',
    );
  });

  it('is what an earlier build wrote, where it wrote a sentence', () => {
    expect(said({ key: 'as-written', text: 'Look at NAME.' })).toBe('Look at NAME.');
    expect(adviceText(null, 'school')).toBe('');
  });
});
