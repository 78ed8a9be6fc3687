import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linesFor } from '../../demo/night/audiences.js';
import { mailboxesOf } from '../../demo/night/mailboxes.js';
import { programme, reviewPage } from '../../demo/night/pages.js';
import { playNight } from '../../demo/night/play.js';
import { STORY } from '../../demo/night/story.js';
import { QUICK_NIGHT } from '../../demo/night/variant.js';
import { demoWorld } from '../../demo/world.js';
import { main } from '../../src/commands/main.js';
import type { BatchEntity, Status } from '../../src/protocol/entities.js';
import { shareOfWhole } from '../../src/protocol/figures.js';
import { Paper } from '../commands/an-operator.js';
import { howItTold, toldText } from '../support/slow-night.js';
import { type AtOnce, askAtOnce, expectSameFigures, expectSameTold } from './support/same-figures.js';

const AT_THE_END = 99;

describe('the demo night', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nf-demo-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('goes as scripted, and tells what an operator would be told', { timeout: 300_000 }, async () => {
    const [out, err] = [new Paper(), new Paper()];
    const moments = new Map<number, Status>();
    const told: Promise<AtOnce>[] = [];
    const batches: BatchEntity[] = [];
    const review = await playNight({
      folder,
      version: '0.1.0',
      err,
      variant: QUICK_NIGHT,
      audience(engine, clock) {
        engine.onEvent((event) => {
          if (event.type !== 'batch' && event.type !== 'end') return;
          batches.push(event.batch);
          const moment = event.type === 'end' ? AT_THE_END : Math.floor(shareOfWhole(event.batch) * 40);
          if (!moments.has(moment)) {
            moments.set(moment, engine.status());
            // All mailboxes are there by then, and the engine answers.
            if (moment !== AT_THE_END && event.batch.counts.total > 0) told.push(askAtOnce(engine));
          }
        });
        return linesFor(out, err).audience(engine, clock);
      },
    });
    console.info(`the demo night, off by part of the whole: ${toldText(howItTold(batches))}`);
    expect(moments.size).toBeGreaterThanOrEqual(10);
    for (const status of moments.values()) expectSameFigures(status);
    expect(told.length).toBeGreaterThanOrEqual(10);
    for (const one of await Promise.all(told)) expectSameTold(one);
    const { batch, mailboxes } = moments.get(AT_THE_END) ?? expect.unreachable();
    const page = new Paper();
    await main(['status', 'night', '--json'], demoWorld(folder, '0.1.0', page, err));
    const files = JSON.parse(page.text) as Status;
    const { counts, errors, needs, byState, expected } = batch;
    expect(files.batch).toMatchObject({ counts, errors, needs, byState, expected });
    expect(files.mailboxes.map((one) => [one.email, one.counts, one.errors, one.state.kind])).toEqual(
      mailboxes.map((one) => [one.email, one.counts, one.errors, one.state.kind]),
    );
    expect(review.wrong).toEqual([]);
    expect(review.exitCode).toBe(3);
    expect(err.text).toBe('');
    expect(review.verdicts).toHaveLength(24);
    expect(out.text).toMatch(/^\S+Z batch night: 24 mailboxes from imaps:\/\/mail\.old\.example:993 to imaps:/);
    expect(out.text).toMatch(/carol@school\.example backing off until .*: source: NO \[UNAVAILABLE\] Mailbox is being/);
    expect(out.text).toMatch(/FAILED tom@school\.example source LOGIN: NO \[AUTHENTICATIONFAILED\]/);
    expect(out.text).toMatch(/maria@school\.example held: .*OVERQUOTA[\s\S]*\* the operator raises the quota of maria/);
    expect(out.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(reviewPage(review)).toMatch(/As scripted\. The program itself ends with 3:/);
  });
});

describe('its programme', () => {
  it('names each thing that happens, and 24 mailboxes', () => {
    const text = programme(mailboxesOf(1), STORY, QUICK_NIGHT);
    expect(text).toMatch(/^24 mailboxes with \d\d,\d{3} messages/);
    for (const { who, what } of STORY) expect(text).toContain(`${who.padEnd(6)} ${what}`);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('tells of mailboxes that there are, each once, and of every kind of trouble', () => {
    const users = mailboxesOf(1).map(({ email }) => email.split('@')[0]);
    expect(new Set(users).size).toBe(24);
    for (const { who } of STORY) expect(users).toContain(who);
    expect(new Set(STORY.map(({ who }) => who)).size).toBe(STORY.length);
    const kinds = new Set(STORY.flatMap(({ trouble }) => trouble.map(({ is }) => is)));
    expect([...kinds].sort()).toEqual(
      ['answers', 'drops', 'no keywords', 'odd messages', 'other password', 'quota', 'says'].sort(),
    );
  });

  it('keeps the odd messages in a night however small', () => {
    const small = new Map(mailboxesOf(0).map(({ email, folders }) => [email.split('@')[0], folders.INBOX ?? 0]));
    for (const { who, trouble } of STORY) {
      for (const one of trouble) {
        if (one.is === 'odd messages') expect(Math.max(...one.uids)).toBeLessThanOrEqual(small.get(who)!);
      }
    }
  });
});
