import { plural, showBytes } from '../units.js';
import { datesText } from './dates-text.js';
import type { AppendUidDoubt, Found, FoundOf, PlainFound, UnreadRow } from './found.js';
import { repairText } from './repairs.js';

const PLAIN: Readonly<Record<PlainFound, string>> = {
  'not given': 'the source lists this message and does not give it, alone or without its flags',
  'listed another': 'the source did not list this message, and listed another in its place that it does not have',
  unaccounted: 'listed by the source, and neither copied nor refused when the folder was done',
  'folder unaccounted': 'listed by the source, and not looked into when the mailbox was done',
  altered:
    'stored, but changed by the destination: line ends, NUL bytes, 8-bit headers, white space in headers or headers of an mbox file, as servers do',
  'altered much': 'stored, but what the destination gives back is not what was sent',
  'deleted mark left out': 'sent without the flag \\Deleted, as --deleted strip says',
  'expunged as deleted':
    'stored with the flag \\Deleted that it has at the source, and the destination then expunged it',
  'not stored': 'answered OK, and not in the folder when it was read back',
  dropped: 'stored and read back, and gone when it was looked for on a later connection',
  'dropped again': 'stored once more, and gone once more: the destination does not keep this message',
  'another stored':
    'stored, and the destination gives back another message in its place: its Message-ID is not that of what was sent',
  damaged: 'stored, and the destination gives back other bytes of the same length: it is damaged there',
  'flags not told': 'sent without flags: the source did not tell them, asked twice',
  undated: 'neither the source nor its headers give a usable date for it: the destination dated it on arrival',
};

/**
 * A finding in one line, as it stands in the error ledger where a server's response would. Texts of servers in it are
 * as they came: whoever shows it makes it harmless.
 */
export function foundText(found: Found): string {
  switch (found.key) {
    case 'too big':
      return `not transferred: over the limit of ${found.bytes} bytes of ${found.ceiling}`;
    case 'not all listed':
      return notAllListed(found);
    case 'no uids kept':
      return found.side === 'source'
        ? 'this server keeps no UIDs: each opening of a folder gives its messages other ones, so each run matches everything afresh'
        : 'this server keeps no UIDs: what is stored is known again by its content alone, and each run matches everything afresh';
    case 'not all named':
      return `the source counts ${found.messages} messages more in this folder than it named`;
    case 'not compared':
      return found.sent === found.there
        ? 'stored, but it could not be read again to compare it with what was sent'
        : `stored with another size, and it could not be read again to see why: ${found.there} bytes, ${found.sent} were sent`;
    case 'cut short':
      return `the destination holds ${found.there} bytes of a message of ${found.sent}`;
    case 'may be hidden':
      return `it may have been stored when the connection dropped: the destination holds ${found.messages} messages in this folder that it does not show, so it is not sent again`;
    case 'hidden before':
      return `it may be there already: the destination tells nothing of UID ${found.uids} in this folder but that it is there, so this message is not sent`;
    case 'shows none':
      return `it may be there already: the destination counts ${found.messages} messages in this folder and shows none of them, so this message is not sent`;
    case 'stands twice':
      return `messages that stand twice at the destination: ${found.copies}, the second copies are UID ${found.there} there, of source UID ${found.here}`;
    case 'append-uid impossible':
      return `the destination's APPENDUID cannot be right: ${doubtText(found.doubt)}`;
    case 'append-uid untrue':
      return `the destination's APPENDUID was untrue: it named UID ${found.missing}, which is not there, and the messages stand under other UIDs`;
    case 'append-uid exchanged':
      return `the destination's APPENDUID was untrue: under UID ${found.uids} stand messages that it stored for others; each is known by its content now`;
    case 'kept as one':
      return `the destination keeps one of ${found.equals} equal messages`;
    case 'repaired':
      return `repaired on the operator’s order: ${repairText(found.repairs)}`;
    case 'flags left out':
      return `sent without its flags on the operator’s order: ${found.flags} left out`;
    case 'flags lost':
      return `stored, but without ${found.flags}`;
    case 'flags not set':
      return `stored, but without ${found.flags}: the destination broke the connection when they were set again (${found.words})`;
    case 'keyword not kept':
      return `the destination does not keep the keyword ${found.keyword}`;
    case 'keywords left out':
      return `sent without keywords that this folder cannot keep (${plural(found.messages, 'message')}): ${found.keywords.join(' ')}${found.more > 0 ? ` and ${found.more} more` : ''}`;
    case 'not seen later':
      return `stored and read back, and not looked at on a later connection, since the destination lets none in now: ${found.limit}`;
    case 'keeps newest':
      return `stored, and dropped for newer ones: the destination keeps the newest ${found.messages} messages of this folder and drops the oldest without a word`;
    case 'filed elsewhere':
      return `arrived in ${found.folder} instead of ${found.sentTo}: the destination filed it there`;
    case 'some not stored':
      return `${found.messages} of ${found.of} messages that were answered OK are not in the folder when it was read back: among UID ${found.uids}`;
    case 'dates changed':
    case 'dates shifted':
    case 'dated on arrival':
    case 'dated by header':
    case 'dates bunched':
      return datesText(found);
    case 'cannot be read':
      return `the destination cannot read UID ${found.uids} of this folder${found.ours === '' ? '' : ` (UID ${found.ours} of the source)`}: ${found.words}`;
    case 'empty body':
      return `the source lists this message${found.listed > 0 ? ` with ${found.listed} bytes` : ''}, shows its header, and gives no byte of it, asked twice`;
    case 'other length':
      return `the source lists this message with ${found.listed} bytes and gives ${found.came}, asked twice, the second time alone and in parts`;
    case 'another message':
      return `the source gives another message for this UID, asked twice: its header says ${found.listed}, what came says ${found.given}`;
    case 'sizes not kept':
      return `RFC822.SIZE of the source is not the length of these messages (UID ${found.uid}: ${found.listed} listed, ${found.came} came): copied as they came, the end and the header were asked for twice`;
    case 'line too long':
      return `not sent: it has a line of more than ${found.octets} octets, which the destination does not take`;
    case 'list without end':
      return `the list of folders was given up after ${plural(found.rows, 'row')} (${showBytes(found.characters)}): no mailbox has so many folders`;
    case 'rows unreadable':
      return rowsText(found);
    case 'namespace unreadable':
      return `the answer to NAMESPACE could not be read: ${rowText(found)}`;
    case 'breaks the connection':
      return convictedText(found);
    default:
      return PLAIN[found.key];
  }
}

function notAllListed({ side, exists, notSeen, unconfirmed, refused }: FoundOf<'not all listed'>): string {
  return [
    exists === null
      ? `the ${side} does not say how many messages this folder has: ${notSeen} of them cannot be seen`
      : `the ${side} counts ${exists} messages in this folder and lists ${exists - notSeen}: ${notSeen} of them cannot be seen`,
    ...(unconfirmed === null ? [] : [`UID SEARCH names UID ${unconfirmed}, which UID FETCH does not know`]),
    ...(refused === null ? [] : [`it answered ${refused}`]),
  ].join('; ');
}

function doubtText(doubt: AppendUidDoubt): string {
  switch (doubt.key) {
    case 'unreadable':
      return doubt.text;
    case 'twice':
      return `it names UID ${doubt.uid} for two messages of one command`;
    case 'named before':
      return `UID ${doubt.uid} was named before, for source UID ${doubt.before}, and now for ${doubt.now}`;
    case 'of another folder':
      return `UID ${doubt.uid} is a message of another source folder`;
    case 'given before':
      return `UID ${doubt.uid} was given away before anything was sent`;
    case 'far ahead':
      return `UID ${doubt.uid} is far above the last one, ${doubt.highest}`;
  }
}

function rowsText({ rows, more }: FoundOf<'rows unreadable'>): string {
  const others = more > 0 ? `; and ${more} more, which the log has` : '';
  return `${plural(rows.length + more, 'row')} of the folder list could not be read: ${rows.map(rowText).join('; ')}${others}`;
}

const rowText = ({ row, why }: UnreadRow) => `${row} (${why})`;

/** The server's own words come first, since an operator looks for them in the server's log. */
function convictedText({ of, side, command, times, how, byItself, words }: FoundOf<'breaks the connection'>): string {
  if (how === 'refused') return words;
  const often = `at ${command} of this ${of} ${times === 1 ? 'once' : `${times} times`}, while nothing else was under way`;
  if (how === 'bye') return `${words} (the ${side} closed the connection ${often})`;
  const did = how === 'silent' ? 'gave no answer' : 'dropped the connection';
  const seen = byItself === 'maybe' ? '; it may be the connection that drops then' : '';
  return `the ${side} ${did} ${often}${seen}: ${words}`;
}
