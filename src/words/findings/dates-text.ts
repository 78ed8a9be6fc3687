import { showDateTime, showDuration } from '../times.js';
import type { ChangedDates, Found, FoundOf } from './found.js';

type Dates =
  | Extract<Found, ChangedDates>
  | FoundOf<'dates shifted'>
  | FoundOf<'dated by header'>
  | FoundOf<'dates bunched'>;

/** A finding about dates that did not arrive as they are at the source. */
export function datesText(found: Dates): string {
  switch (found.key) {
    case 'dates changed':
      return `stored, but the destination gave it another INTERNALDATE: ${exampleText(found)} (${found.count} of ${found.of})`;
    case 'dates shifted':
      return `${shareText('came back', found)} ${found.amounts.map(amountText).join(' or ')}: ${exampleText(found)}`;
    case 'dated on arrival':
      return `${shareText('was replaced by the time of arrival', found)}: ${exampleText(found)}`;
    case 'dated by header':
      return found.why === 'on order'
        ? `dated by its ${found.header} header, as --dates header says`
        : `the source gives no usable INTERNALDATE for it: dated by its ${found.header === 'Received' ? 'first Received' : 'Date'} header`;
    case 'dates bunched':
      return bunchedText(found);
  }
}

const shareText = (verb: string, { count, of }: ChangedDates) =>
  count === of ? `every date ${verb}` : `${count} of ${of} dates ${verb}`;

function exampleText({ example }: ChangedDates): string {
  const there = example.there === null ? 'none' : showDateTime(example.there);
  return `UID ${example.uid} was sent with ${showDateTime(example.sent)} and has ${there}`;
}

/** `1 h later`, `5 h 30 min earlier` */
function amountText(amount: number): string {
  return `${showDuration(Math.abs(amount))} ${amount > 0 ? 'later' : 'earlier'}`;
}

function bunchedText({ messages, internal, headers }: FoundOf<'dates bunched'>): string {
  const [first, last] = internal.map((at) => new Date(at).toISOString().slice(0, 16).replace('T', ' '));
  const [from, to] = headers.map((at) => new Date(at).getUTCFullYear());
  return `all ${messages} messages have INTERNALDATEs within one hour (${first} to ${last?.slice(11)} UTC), and headers over years (${from} to ${to})`;
}
