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
import { Paper } from '../commands/an-operator.js';

describe('the demo night', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nf-demo-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('goes as scripted, and tells what an operator would be told', { timeout: 300_000 }, async () => {
    const [out, err] = [new Paper(), new Paper()];
    const review = await playNight({
      folder,
      version: '0.1.0',
      err,
      variant: QUICK_NIGHT,
      audience: linesFor(out, err).audience,
    });
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
