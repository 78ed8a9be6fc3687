import { expect, it } from 'vitest';
import { STATE_WORDS } from '../../src/ui/model/state-words.js';

it('docs/words.md has each state with the sentence of the program', async () => {
  const rows = Object.values(STATE_WORDS).map(({ word, sentence }) => `| ${word} | ${sentence} |`);
  const page = [
    '# The words of the console',
    '',
    'Made from the program by `npx vitest run test/ui/words-page.test.ts --update`.',
    '',
    '| state of a mailbox | what it means |',
    '|---|---|',
    ...rows,
    '',
    'A mailbox needs you while it is held or incomplete, has second copies, or ended with failures that nobody accepted.',
    'A server that is left alone met a fault of its own in several mailboxes: one of them tries it again at the time that is named.',
    '',
  ];
  await expect(page.join('\n')).toMatchFileSnapshot('../../docs/words.md');
});
