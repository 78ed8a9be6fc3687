import { UidSet } from '../../../store/uid/uid-set.js';
import type { Listing, NameFailure } from '../../listing/listing.js';
import type { CopyContext } from '../job.js';
import { adviceFor, unreadableNamespace, unreadableRows } from './folder-findings.js';

/** The most rows of the folder list that the log shows one by one. */
const MOST_LOGGED = 100;

/**
 * Enters each name of the source that is neither copied nor left out with a reason, and says what was odd about the
 * lists. A name that only the destination gave holds no mail to be copied: it is told and not entered.
 */
export function accountForNames(context: CopyContext, source: Listing, destination: Listing): void {
  for (const note of source.notes) context.log('warn', null, `source: ${note}`);
  for (const note of destination.notes) context.log('warn', null, `destination: ${note}`);
  if (destination.unreadable.length > 0)
    context.log('warn', null, `destination: ${unreadableRows(destination.unreadable).response}`);
  for (const { name, why } of source.absent) context.log('info', name, `left out: ${why}`);
  for (const failure of source.failures) enter(context, failure);
  enterNamespaces(context, source, destination);
  if (source.unreadable.length === 0) return;
  for (const { row, why } of source.unreadable.slice(0, MOST_LOGGED))
    context.log('warn', null, `source: a row of the folder list could not be read (${why}): ${row}`);
  const finding = unreadableRows(source.unreadable);
  context.fail({ side: 'source', command: 'LIST', folder: null, uids: new UidSet(), ...finding });
}

function enterNamespaces(context: CopyContext, source: Listing, destination: Listing): void {
  if (destination.unreadableNamespace)
    context.log('warn', null, `destination: ${unreadableNamespace(destination.unreadableNamespace).response}`);
  if (!source.unreadableNamespace) return;
  const finding = unreadableNamespace(source.unreadableNamespace);
  context.fail({ side: 'source', command: 'NAMESPACE', folder: null, uids: new UidSet(), ...finding });
}

function enter(context: CopyContext, failure: NameFailure): void {
  const { name, command, line } = failure;
  const verdict = context.judge('source', line, command);
  context.fail({
    side: 'source',
    command,
    folder: name,
    uids: new UidSet(),
    response: line,
    verdict: { ...verdict, scope: 'folder', next: 'skip-folder', advice: adviceFor(failure) },
  });
}
