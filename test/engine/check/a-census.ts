import type { Census, FolderCensus } from '../../../src/engine/check/census.js';
import { UNKNOWN_SERVER } from '../../support/known-servers.js';

const SEEN = { software: 'Dovecot', roundTrip: 20, way: 'APPEND, LITERAL+', tellsSizes: true } as const;
const NO_QUOTA = { storage: null, messages: null };

/** A folder with ten ordinary messages, and what a test says. */
export function aFolder(more: Partial<FolderCensus> = {}): FolderCensus {
  return {
    source: 'INBOX',
    destination: 'INBOX',
    isNew: false,
    messages: 10,
    bytes: 10_000,
    largest: 2_000,
    oldest: 0,
    newest: 86_400_000_000,
    tooLarge: { messages: 0, bytes: 0 },
    deleted: 0,
    outside: 0,
    empty: 0,
    misdated: 0,
    doubt: null,
    sizeUnknown: 0,
    withKeywords: 0,
    flags: ['\\seen'],
    rights: null,
    roots: null,
    limit: null,
    there: 0,
    uidValidity: '7',
    carried: { messages: 0, bytes: 0 },
    isAllMail: false,
    ...more,
  };
}

/** A mailbox of which there is nothing to say, and what a test says. */
export function aCensus(more: Partial<Census> = {}): Census {
  return {
    mailbox: 'ann',
    folders: [aFolder()],
    quota: { source: NO_QUOTA, destination: { storage: { used: 0, limit: 1_000_000 }, messages: null } },
    inboxRoots: ['""'],
    inbox: { keeps: null, uidValidity: '7' },
    limit: null,
    busiest: { day: 0, messages: 2 },
    leftOut: [],
    warnings: [],
    refused: [],
    unreadable: [],
    tellsUids: true,
    labels: 'none',
    known: { source: UNKNOWN_SERVER, destination: UNKNOWN_SERVER },
    inboxId: { source: null, destination: null },
    scratchLeft: [],
    servers: { source: SEEN, destination: SEEN },
    ...more,
  };
}
