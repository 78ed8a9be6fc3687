import { expect, it } from 'vitest';
import { classify } from '../../../src/engine/responses/classify.js';
import { providerText } from '../../../src/engine/responses/provider-text.js';

const response = 'A7 NO [UNAVAILABLE] Mailbox is being checked\u001b[2J';
const incident = {
  mailbox: 'ann@old.example',
  side: 'source',
  host: 'mail.old.example',
  command: 'EXAMINE',
  folder: 'Archive/2024',
  response,
  verdict: classify({ line: response, command: 'EXAMINE', side: 'source' }),
  firstAt: Date.UTC(2026, 2, 1, 2, 17, 5),
  lastAt: Date.UTC(2026, 2, 1, 3, 20, 0),
  attempts: 6,
} as const;

it('gives the provider the mailbox, the UTC time of the first failure and the exact response', () => {
  const text = providerText(incident);
  expect(text).toContain('Mailbox: ann@old.example');
  expect(text).toContain('First failure: 2026-03-01 02:17:05 UTC');
  expect(text).toContain('Response: A7 NO [UNAVAILABLE] Mailbox is being checked\n');
  expect(text).toContain('(6 attempts)');
  expect(text).not.toContain('\u001b');
});

it('says so where a time is unknown, instead of failing in the night', () => {
  expect(providerText({ ...incident, firstAt: Number.NaN })).toContain('First failure: unknown');
});
