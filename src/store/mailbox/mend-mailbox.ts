import { NO_COUNTS } from '../../words/counts.js';
import { uidValidity } from '../documents/field-schemas.js';
import type { ErrorEntryDocument } from '../errors/error-entry-document.js';
import { troubleSchema } from '../errors/trouble.js';
import type { MailboxDocument, MailboxFolder } from './mailbox-document.js';
import type { StoredCounts, StoredMailboxState } from './mailbox-state.js';
import { type MailboxPass, NOTHING_NOTED, passSchema } from './pass-schema.js';
import { settledAtSchema } from './settled-at.js';

/**
 * Makes a mailbox document fit to be read again, whatever servers and clocks gave. A counter that is no number becomes
 * 0, and the next pass counts again. A folder whose counters make no sense is looked into again. No failure is removed.
 */
export function mendMailbox(document: MailboxDocument): MailboxDocument {
  return {
    ...document,
    state: mendState(document.state),
    counts: mendCounts(document.counts),
    folders: document.folders.map(mendFolder),
    passes: document.passes.map(mendPass),
    attempts: countOf(document.attempts),
    trouble: troubleSchema.safeParse(document.trouble).success ? document.trouble : null,
    decided: countOf(document.decided),
    errors: document.errors.map(mendEntry),
  };
}

function mendPass(pass: MailboxPass): MailboxPass {
  const startedAt = instantOf(pass.startedAt);
  const endedAt = pass.endedAt === null ? null : instantOf(pass.endedAt);
  const mended = { ...pass, startedAt, endedAt };
  return passSchema.safeParse(mended).success ? mended : { startedAt, endedAt, ...NOTHING_NOTED };
}

function mendFolder(folder: MailboxFolder): MailboxFolder {
  const settledAt = settledAtSchema.safeParse(folder.settledAt).success ? folder.settledAt : null;
  const isValid = uidValidity.safeParse(folder.uidValidity).success;
  return { ...folder, counts: mendCounts(folder.counts), settledAt, uidValidity: isValid ? folder.uidValidity : null };
}

function mendCounts(counts: StoredCounts): StoredCounts {
  const mended: StoredCounts = { ...NO_COUNTS };
  for (const name of Object.keys(mended) as (keyof StoredCounts)[]) mended[name] = countOf(counts[name]);
  return mended;
}

function mendState(state: StoredMailboxState): StoredMailboxState {
  switch (state.kind) {
    case 'queued':
      return { ...state, startsAt: state.startsAt === null ? null : instantOf(state.startsAt) };
    case 'backing-off':
      return { ...state, until: instantOf(state.until) };
    case 'synced':
    case 'completed':
    case 'given-up':
      return { ...state, at: instantOf(state.at) };
    case 'incomplete':
      return { ...state, at: instantOf(state.at), left: countOf(state.left) };
    default:
      return state;
  }
}

/**
 * Mends an entry. Its UIDs were checked when they were entered, but times come from a clock, and a wait from a server.
 */
function mendEntry(entry: ErrorEntryDocument): ErrorEntryDocument {
  const { waitSeconds, ...rest } = entry;
  return {
    ...rest,
    firstAt: instantOf(entry.firstAt),
    lastAt: instantOf(entry.lastAt),
    times: Math.max(1, countOf(entry.times)),
    when: entry.when.filter(
      ([halfHour, times]) => Number.isSafeInteger(halfHour) && Number.isSafeInteger(times) && times > 0,
    ),
    ...(waitSeconds !== undefined && waitSeconds >= 0 && Number.isFinite(waitSeconds) ? { waitSeconds } : null),
  };
}

function countOf(value: number): number {
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

function instantOf(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}
