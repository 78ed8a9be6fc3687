import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepInCensus, takeFromCensus } from '../../src/store/batch/census.js';
import { Workspace } from '../../src/store/batch/workspace.js';
import { nightBatch } from '../support/night-batch.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 15, 22);

it('counts for a week, for the mailboxes that were looked at, and goes with its batch', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'nf-census-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const batch = nightBatch({ users: ['ann', 'ben', 'cy'], now: NOW });
  const workspace = new Workspace(dir);
  const census = await workspace.census('night');
  const look = { messages: 7, bytes: 700, newest: NOW };
  keepInCensus(census, batch, batch.mailboxes[0]!, { ...look, at: NOW });
  keepInCensus(census, batch, batch.mailboxes[1]!, { ...look, at: NOW - 8 * DAY });
  await workspace.keepCensus('night', census);
  expect(await workspace.list()).toEqual([]);

  const store = await workspace.create(batch);
  const looks = await store.looks();
  expect(takeFromCensus(await workspace.census('night'), batch, looks, NOW + DAY)).toBe(1);
  expect(['ann', 'ben', 'cy'].map((id) => looks.of(id)?.messages)).toEqual([7, undefined, undefined]);
  expect(takeFromCensus(await workspace.census('night'), batch, looks, NOW + 8 * DAY)).toBe(0);
  const elsewhere = { ...batch, source: { ...batch.source, host: 'other.example' } };
  expect(takeFromCensus(await workspace.census('night'), elsewhere, looks, NOW)).toBe(0);
  await store.log.close();
  await workspace.delete('night');
  expect(takeFromCensus(await workspace.census('night'), batch, looks, NOW)).toBe(0);
});
