import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamOutput } from '../src/commands/process/output.js';
import { linesFor, screenFor } from './night/audiences.js';
import { mailboxesOf } from './night/mailboxes.js';
import { programme, reviewPage } from './night/pages.js';
import { playNight } from './night/play.js';
import { STORY } from './night/story.js';
import { QUICK_NIGHT, WHOLE_NIGHT } from './night/variant.js';

// `npm run demo`: dist/demo/main.js; package.json stands two folders up.
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const words = new Set(process.argv.slice(2));
const variant = words.has('--quick') ? QUICK_NIGHT : WHOLE_NIGHT;
const out = streamOutput(process.stdout);
const screen = words.has('--plain') ? null : await screenFor(process);
const shown = screen ?? linesFor(out, streamOutput(process.stderr));
const folder = await mkdtemp(join(tmpdir(), 'nf-demo-'));
let exitCode: number;
try {
  await out.write(programme(mailboxesOf(variant.scale), STORY, variant));
  const review = await playNight({ folder, version, variant, err: shown.err, audience: shown.audience });
  const early = shown.leftEarly();
  await out.write(early === null ? reviewPage(review) : '\nLeft before the end of the story: nothing was counted.\n');
  exitCode = early ?? (review.wrong.length === 0 ? 0 : 1);
} finally {
  await rm(folder, { recursive: true, force: true });
  await shown.atLast();
}
process.exit(exitCode);
