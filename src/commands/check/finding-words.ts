import type { Finding, FindingKind } from '../../engine/check/finding.js';
import { TODO_BY_ADVICE } from '../../words/advice/before-the-night.js';
import { leftOutText } from '../../words/left-out.js';
import { plural, showBytes, showCount } from '../../words/units.js';

/** A kind of finding in words, and the operator's next step. */
interface Words {
  readonly what: string;
  readonly todo: string;
}

const WORDS: Readonly<Record<FindingKind, Words>> = {
  'server-unreachable': {
    what: 'server cannot be reached',
    todo: 'check host and port, DNS, and the firewall in between; nobody was logged in',
  },
  'server-turns-away': {
    what: 'server turns everybody away',
    todo: "ask the server's administrator, or check again later: in the night it is tried again until it takes somebody",
  },
  'no-tls': { what: 'server offers no usable TLS', todo: 'use port 993 with imaps://, or 143 with imap://' },
  'certificate-untrusted': {
    what: 'certificate is not trusted',
    todo: "compare the fingerprint with the server's administrator, then add --source-fingerprint or --destination-fingerprint",
  },
  'certificate-expiring': { what: 'certificate ends within 14 days', todo: 'have it renewed before the night' },
  'shared-login-refused': {
    what: 'login that serves many mailboxes is refused',
    todo: 'check user, password and rights of the admin; it was tried once',
  },
  'login-refused': { what: 'login is refused', todo: 'correct user and password in the plan' },
  'credential-missing': {
    what: 'no password',
    todo: 'put it into the plan, or mend the command that prints it',
  },
  'mailbox-missing': {
    what: 'mailbox is not there, or the admin may not open it',
    todo: 'create the mailbox, or correct its user in the plan',
  },
  'mailbox-refused': {
    what: 'mailbox cannot be opened until somebody acts',
    todo: "ask the server's administrator; --all has what the server said",
  },
  'not-looked-at': {
    what: 'mailbox could not be looked at',
    todo: 'check again; --all has what the server said',
  },
  'folder-unreadable': {
    what: 'folder cannot be opened or listed',
    todo: "ask the server's administrator about it, or leave it out by --exclude",
  },
  'no-right-to-add': {
    what: 'login has no right to add messages to the folder',
    todo: 'give it the right to insert (i) there, or leave the folder out by --exclude',
  },
  'no-right-to-create': {
    what: 'login has no right to make the folder',
    todo: 'give it the right to create (k) in the folder above, or put it elsewhere by --map',
  },
  'no-right-to-set-flags': {
    what: 'login has no right to set flags in the folder',
    todo: 'give it the rights to write (w) and to mark as seen (s): without them messages arrive without flags',
  },
  'folder-into-no-mail': {
    what: 'folder goes into one that holds no mail at the destination',
    todo: 'a calendar or contacts folder may not show it: put it elsewhere by --map',
  },
  'folder-not-creatable': {
    what: 'folder cannot be made below one that allows none',
    todo: 'put it elsewhere by --map',
  },
  'root-empty': { what: 'no folder lies below the UserRoot', todo: 'correct UserRoot in the plan' },
  'folders-differ-in-case': {
    what: 'folder names differ in case only',
    todo: 'a destination that takes them for one mixes their mail: put one elsewhere by --map',
  },
  'folder-name-doubtful': {
    what: 'folder has a name that servers refuse or change',
    todo: 'choose another by --map, or make it at the destination and see',
  },
  'list-row-unreadable': {
    what: 'a row of the list of folders cannot be read',
    todo: "the folder that it names is not copied: rename it at the server, or send the row to the server's administrator",
  },
  'folder-renamed': {
    what: 'folder gets another name',
    todo: 'the destination cannot write the name: choose another by --map, or let it be',
  },
  'folders-merged': { what: 'several folders go into one', todo: 'part them by --map, unless that is meant' },
  'folder-name-undecodable': {
    what: 'folder name is no legal modified UTF-7',
    todo: 'no need to act: it is named as the source writes it',
  },
  'folder-is-view': {
    what: 'folder shows messages of other folders',
    todo: 'they arrive there, too: leave it out by --exclude',
  },
  'folder-left-out': { what: 'folder is left out', todo: 'no need to act where that is meant; --all says why' },
  'labels-double': {
    what: 'labels: the server does not tell which messages are one, so they come once for each label',
    todo: "leave the folder of all mail out by --exclude '[Gmail]/All Mail'",
  },
  'labels-once': {
    what: 'Gmail labels: messages that labels would double are copied once',
    todo: 'no need to act: --labels says where they go',
  },
  'all-mail-hidden': {
    what: 'Gmail: All Mail is not shown to IMAP, or is left out',
    todo: 'mail without a label is not copied: set "Show in IMAP" of All Mail in the Gmail settings',
  },
  'uids-not-kept': {
    what: 'folder keeps no UIDs',
    todo: 'a run that breaks off reads it anew: move it without a break',
  },
  'message-too-large': {
    what: 'message is larger than the destination, or --max-size, allows',
    todo: "raise the destination's limit, or let them be listed as failures",
  },
  'message-empty': { what: 'message has no byte', todo: 'look at it at the source: it may be damaged' },
  'message-size-unknown': {
    what: 'size of messages is not told',
    todo: 'no need to act: whether they are too large is found out in the night',
  },
  'message-marked-deleted': {
    what: 'message is marked \\Deleted',
    todo: 'choose --deleted carry, strip or skip',
  },
  'keywords-unknown': {
    what: 'message has keywords, and the destination tells only on writing whether it keeps them',
    todo: 'no need to act: what is not kept is noted',
  },
  'dates-impossible': {
    what: 'message has a date that cannot be read, lies ahead, or before 1970',
    todo: 'many servers take the moment of the copy instead: --dates header takes those of the messages',
  },
  'dates-of-one-day': {
    what: 'most messages are dated on one day, as by an earlier copy that lost the dates',
    todo: 'take the dates of the messages by --dates header',
  },
  'bodies-unread': {
    what: 'bodies are not read: lines longer than servers take, content that a server refuses, and mail that the source lists and does not give are seen only in the night',
    todo: 'no need to act: each such message is listed as a failure',
  },
  'nothing-written': {
    what: 'nothing was written: whether the destination takes messages, and keeps them as they are, is seen only when one is stored',
    todo: 'check with --write-test, which stores one small message and removes it',
  },
  'mail-hidden': {
    what: 'server may not show all mail over IMAP',
    todo: 'have each user, or an administrator, look at that setting; what is hidden is not copied',
  },
  'quota-above-mail': {
    what: 'more counts against the quota of the source than IMAP shows',
    todo: 'look there for folders that IMAP hides, and for other data that counts; what is hidden is not copied',
  },
  'more-than-a-day': {
    what: 'more than the allowance of a day',
    todo: 'start early: it rests until the allowance is renewed, and goes on by itself',
  },
  'folders-refused': {
    what: 'write test: folder is refused',
    todo: 'give the login the right to make folders, or make them before the night',
  },
  'messages-refused': {
    what: 'write test: message is refused',
    todo: 'mend what the server says: quota, rights, or an account that may not be written to',
  },
  'messages-vanish': {
    what: 'write test: message was taken, and is not there',
    todo: "ask the server's administrator for a filter that takes mail away",
  },
  'bodies-altered': {
    what: 'write test: message is not as it was sent',
    todo: "ask the server's administrator for a filter that changes mail: such messages are entered as changed",
  },
  'flags-dropped': {
    what: 'flags are not kept',
    todo: 'give the login the right to set them; what is not kept is noted',
  },
  'keywords-dropped': { what: 'keywords are not kept', todo: 'no need to act: what is not kept is noted' },
  'dates-dropped': {
    what: 'write test: message has another date than it was given',
    todo: 'tell the users: their mail may be sorted by the day of the copy',
  },
  'bodies-rewritten': {
    what: 'write test: message is rewritten, in a way that is recognised',
    todo: 'no need to act: such messages count as equal',
  },
  'write-test-undone': {
    what: 'write test broke off, or could not begin',
    todo: 'check again with --write-test, which also removes what it left',
  },
  'write-test-left': {
    what: 'something of a write test is still there',
    todo: 'check again with --write-test, or remove it by hand; --all has its folder',
  },
  'write-test-cleared': { what: 'folder of an earlier write test was removed', todo: 'no need to act' },
  'quota-too-small': {
    what: 'quota is smaller than what comes',
    todo: "raise the mailbox's quota before the night",
  },
  'quota-may-be-short': {
    what: 'quota is short unless much of the mail is there already',
    todo: "raise the mailbox's quota before the night",
  },
  'quota-almost-full': {
    what: 'quota is over 90% full after the move',
    todo: "raise the mailbox's quota soon",
  },
  'quota-unknown': { what: 'quota is not told', todo: "compare the sizes (--all) with the provider's quota" },
  'destination-not-empty': {
    what: 'destination holds mail already',
    todo: 'no need to act: what is equal is not copied again',
  },
  'without-uidplus': {
    what: 'server does not tell the UIDs of new messages (no UIDPLUS)',
    todo: 'no need to act: the folders are read back, which takes longer',
  },
  'server-holds-back': {
    what: 'server refuses logins when there are many at once, and took them later',
    todo: 'no need to act: the night opens as many as it takes, and takes longer; an exception for the night helps',
  },
  'mailbox-empty': { what: 'mailbox is empty', todo: 'check that its user is the right one' },
  'one-destination': {
    what: 'several rows go into one mailbox',
    todo: 'correct the plan, unless they are to be put together',
  },
  'one-source': { what: 'several rows read one mailbox', todo: 'correct the plan, unless it is to go to several' },
  'equal-mailboxes': {
    what: 'mailboxes hold equally much',
    todo: 'check that their users are not names of one mailbox',
  },
};

/** A group of findings in words. */
export function wordsOf({ kind, advice }: Pick<Finding, 'kind' | 'advice'>): Words {
  const { what, todo } = WORDS[kind];
  return { what, todo: (advice && TODO_BY_ADVICE[advice]) ?? todo };
}

/** The rest of a finding beside its kind: folder, numbers, and the server's words. */
export function detailsOf({ folder, messages, bytes, limit, told, why }: Finding): string {
  const bound = (value: number) => (bytes === null ? showCount(value) : showBytes(value));
  return [
    folder,
    messages === null ? null : plural(messages, 'message'),
    bytes === null ? null : showBytes(bytes),
    limit === null ? null : `limit ${bound(limit)}`,
    told,
    why === null ? null : leftOutText(why),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
