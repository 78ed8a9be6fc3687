import type { DocumentKind } from '../documents/document-kind.js';
import { MAILBOX_VERSION, type MailboxDocument, mailboxSchema } from './mailbox-document.js';
import { filledIn } from './mailbox-filled-in.js';
import { mailboxFrom1 } from './mailbox-from-1.js';
import { mendMailbox } from './mend-mailbox.js';
import { reasonsFromSentences } from './reason-schema.js';
import { verdictsFromSentences } from './verdicts-filled-in.js';

export const mailboxKind: DocumentKind<MailboxDocument> = {
  what: 'mailbox document',
  version: MAILBOX_VERSION,
  schema: mailboxSchema,
  former: [
    { version: 1, upgrade: mailboxFrom1 },
    { version: MAILBOX_VERSION, upgrade: reasonsFromSentences },
    { version: MAILBOX_VERSION, upgrade: filledIn },
    { version: MAILBOX_VERSION, upgrade: verdictsFromSentences },
  ],
  mend: mendMailbox,
};
