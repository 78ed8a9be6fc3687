/**
 * Response codes of the IANA registry "IMAP Response Codes", and a few that servers send without registering them. This
 * file describes the codes; rules/by-code.ts says what they mean for the engine.
 */
export interface ResponseCode {
  readonly code: string;
  /** RFC numbers; empty for a code that no RFC defines. */
  readonly rfc: string;
  readonly meaning: string;
  /** Whether the code can come with a tagged NO. */
  readonly withNo: boolean;
  /** Whether arguments may follow the code inside the brackets. */
  readonly args: boolean;
  /** The action that Nightferry takes. */
  readonly action: string;
}

type Row = readonly [
  code: string,
  rfc: string,
  meaning: string,
  withNo: 'no' | '-',
  args: 'args' | '-',
  action: string,
];

const ROWS: readonly Row[] = [
  ['NEWNAME', '2060', 'the folder was renamed (obsolete)', 'no', 'args', 'list the folders again'],
  ['REFERRAL', '2221', 'the mailbox is on another server', 'no', 'args', 'hold, ask for the right host'],
  ['ALERT', '3501, 9051', 'text that a human must see', 'no', '-', 'decided by its text, always shown'],
  ['BADCHARSET', '3501', 'SEARCH charset not supported', 'no', 'args', 'search again in US-ASCII'],
  ['CAPABILITY', '3501', 'what the server can do', '-', 'args', 'kept'],
  ['PARSE', '3501', 'headers of a message cannot be parsed', 'no', '-', 'fetch the message raw'],
  ['PERMANENTFLAGS', '3501', 'flags that persist', '-', 'args', 'filter keywords, note what is lost'],
  ['READ-ONLY', '3501', 'the folder is open for reading only', '-', '-', 'mailbox-state at the destination'],
  ['READ-WRITE', '3501', 'the folder is open for writing', '-', '-', 'nothing'],
  ['TRYCREATE', '3501', 'the target folder is missing', 'no', '-', 'CREATE, then once more'],
  ['UIDNEXT', '3501', 'the next UID', '-', 'args', 'guards the ledger'],
  ['UIDVALIDITY', '3501', 'the generation of the UIDs', '-', 'args', 'guards the ledger'],
  ['UNSEEN', '3501', 'the first unseen message', '-', 'args', 'nothing'],
  ['UNKNOWN-CTE', '3516', 'a body cannot be decoded', 'no', '-', 'fetch without BINARY, then skip the message'],
  ['UIDNOTSTICKY', '4315', 'UIDs do not persist', 'no', '-', 'match that folder by content'],
  ['APPENDUID', '4315', 'UID given to an appended message', '-', 'args', 'UID ledger'],
  ['COPYUID', '4315', 'UIDs given to copied messages', '-', 'args', 'UID ledger'],
  ['URLMECH', '4467', 'URLAUTH mechanisms', 'no', 'args', 'not used'],
  ['BADURL', '4469', 'CATENATE met a bad URL', 'no', 'args', 'not used'],
  ['TOOBIG', '4469, 7889', 'over the size limit', 'no', '-', 'message-policy'],
  ['HIGHESTMODSEQ', '7162', 'highest mod-sequence of the folder', '-', 'args', 'cheap delta passes'],
  ['NOMODSEQ', '7162', 'the folder keeps no mod-sequences', '-', '-', 'delta passes by UID and flags'],
  ['MODIFIED', '7162', 'changed meanwhile by another client', 'no', 'args', 'read the flags again'],
  ['COMPRESSIONACTIVE', '4978', 'the connection is compressed already', 'no', '-', 'nothing'],
  ['CLOSED', '7162', 'the folder selected before is closed', '-', '-', 'nothing'],
  ['NOTSAVED', '5182', 'search result not saved', 'no', '-', 'search again'],
  ['BADCOMPARATOR', '5255', 'comparator not supported', 'no', 'args', 'not used'],
  ['ANNOTATE', '5257', 'annotation refused', 'no', 'args', 'drop the annotation'],
  ['ANNOTATIONS', '5257', 'annotations of the folder', '-', 'args', 'drop them'],
  ['TEMPFAIL', '5259', 'temporary failure', 'no', '-', 'transient'],
  ['MAXCONVERTMESSAGES', '5259', 'too many messages to convert', 'no', 'args', 'smaller sets'],
  ['MAXCONVERTPARTS', '5259', 'too many parts to convert', 'no', 'args', 'smaller sets'],
  ['NOUPDATE', '5267', 'search context not kept up to date', 'no', 'args', 'not used'],
  ['NOTIFICATIONOVERFLOW', '5465', 'too many notifications', '-', '-', 'not used'],
  ['BADEVENT', '5465', 'NOTIFY event not supported', 'no', 'args', 'not used'],
  ['UNDEFINED-FILTER', '5466', 'filter is not defined', 'no', 'args', 'not used'],
  ['METADATA', '5464', 'metadata refused or over a limit', 'no', 'args', 'skip that metadata'],
  [
    'UNAVAILABLE',
    '5530',
    'a subsystem is down for a while',
    'no',
    '-',
    'transient, throttled or mailbox-state, by its text',
  ],
  ['AUTHENTICATIONFAILED', '5530', 'wrong user or password', 'no', '-', 'auth'],
  ['AUTHORIZATIONFAILED', '5530', 'may not act as that user', 'no', '-', "auth: the admin's rights"],
  ['EXPIRED', '5530', 'the password or token is no longer valid', 'no', '-', 'auth; a token is renewed once'],
  ['PRIVACYREQUIRED', '5530', 'encryption is required', 'no', '-', 'auth: use TLS'],
  ['CONTACTADMIN', '5530', 'call the administrator', 'no', '-', 'auth'],
  ['NOPERM', '5530', 'access rights forbid it', 'no', '-', 'folder'],
  ['INUSE', '5530', 'locked by another', 'no', '-', 'transient'],
  ['EXPUNGEISSUED', '5530', 'somebody expunged the message', 'no', '-', 'missing'],
  ['CORRUPTION', '5530', 'stored data is damaged', 'no', '-', 'corruption'],
  ['SERVERBUG', '5530', 'the server broke its own rule', 'no', '-', 'server-bug; "try again": transient'],
  ['CLIENTBUG', '5530', 'the client misbehaved', 'no', '-', 'client-bug'],
  ['CANNOT', '5530', 'this can never succeed', 'no', '-', 'folder or message-policy, by command'],
  ['LIMIT', '5530', 'a limit of the implementation', 'no', '-', 'throttled or message-policy, by its text'],
  ['OVERQUOTA', '5530, 9208', 'over quota', 'no', '-', 'quota; on FETCH throttled; with OK a warning'],
  ['ALREADYEXISTS', '5530', 'it is there already', 'no', '-', 'nothing'],
  ['NONEXISTENT', '5530', 'it is not there', 'no', '-', 'folder or missing'],
  ['USEATTR', '6154', 'special use not allowed', 'no', '-', 'CREATE without it'],
  ['DOWNGRADED', '6858', 'the message was downgraded', '-', 'args', 'note the loss'],
  ['MAILBOXID', '8474', "the folder's object id", '-', 'args', 'follows renames'],
  ['HASCHILDREN', '9051', 'a folder with children cannot be deleted', 'no', '-', 'not used'],
  ['INPROGRESS', '9585', 'progress of a long command', '-', 'args', 'shown, extends the timeout'],
  ['UIDREQUIRED', '9586', 'sequence numbers are off', '-', '-', 'UID commands'],
  ['MESSAGELIMIT', '9738', 'too many messages in one command', 'no', 'args', 'smaller sets, on from the UID given'],
  ['THROTTLED', '', 'Gmail: served, but slowed down', 'no', '-', 'throttled'],
  ['WEBALERT', '', 'Gmail: log in at this address first', 'no', 'args', 'auth'],
  ['AUTH', '', 'POP3 code sent over IMAP (RFC 3206): login refused', 'no', '-', 'auth'],
  ['SYS/TEMP', '', 'POP3 code sent over IMAP (RFC 3206): passing fault', 'no', '-', 'transient'],
  ['SYS/PERM', '', 'POP3 code sent over IMAP (RFC 3206): needs an administrator', 'no', '-', 'server-bug'],
  ['IN-USE', '', 'POP3 code sent over IMAP (RFC 2449): locked by another', 'no', '-', 'transient'],
  ['LOGIN-DELAY', '', 'POP3 code sent over IMAP (RFC 2449): logins too close together', 'no', '-', 'throttled'],
];

export const RESPONSE_CODES: ReadonlyMap<string, ResponseCode> = new Map(
  ROWS.map(([code, rfc, meaning, withNo, args, action]) => [
    code,
    { code, rfc, meaning, withNo: withNo === 'no', args: args === 'args', action },
  ]),
);
