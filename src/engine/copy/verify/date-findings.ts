import { type Finding, finding } from '../findings.js';

/** Findings about dates that did not arrive as they are at the source. */

/** How many dates of a folder were compared, and how many of them changed. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

const dates = (verb: string, { count, of }: Share) =>
  count === of ? `every date ${verb}` : `${count} of ${of} dates ${verb}`;

/** @param example  one message, with its date as it was sent and as it came back */
export const datesChanged = (share: Share, example: string): Finding =>
  finding(
    `stored, but the destination gave it another INTERNALDATE: ${example} (${share.count} of ${share.of})`,
    'message-policy',
    'message',
    'note',
    'engine:date',
    { key: 'date not kept' },
  );

/** @param amount  `1 h later` */
export const datesShifted = (share: Share, amount: string, example: string): Finding =>
  finding(
    `${dates('came back', share)} ${amount}: ${example}`,
    'server-bug',
    'folder',
    'note',
    'engine:dates-shifted',
    { key: 'dates shifted' },
  );

export const datedOnArrival = (share: Share, example: string): Finding =>
  finding(
    `${dates('was replaced by the time of arrival', share)}: ${example}`,
    'server-bug',
    'folder',
    'note',
    'engine:dated-on-arrival',
    { key: 'dated on arrival' },
  );

/** @param header  the header line whose date is used */
export const datedByHeader = (header: 'Received' | 'Date', why: 'no usable date' | 'on order'): Finding =>
  finding(
    why === 'on order'
      ? `dated by its ${header} header, as --dates header says`
      : `the source gives no usable INTERNALDATE for it: dated by its ${header === 'Received' ? 'first Received' : 'Date'} header`,
    'message-policy',
    'message',
    'note',
    'engine:dated-by-header',
    why === 'on order' ? { key: 'dated by header on order' } : { key: 'dated by header' },
  );

export const undated: Finding = finding(
  'neither the source nor its headers give a usable date for it: the destination dated it on arrival',
  'corruption',
  'message',
  'note',
  'engine:undated',
  { key: 'undated' },
);

/** @param internal  first and last INTERNALDATE  @param headers  the years of the headers */
export const datesBunched = (messages: number, internal: string, headers: string): Finding =>
  finding(
    `all ${messages} messages have INTERNALDATEs within one hour (${internal}), and headers over years (${headers})`,
    'message-policy',
    'folder',
    'note',
    'engine:dates-bunched',
    { key: 'dates bunched' },
  );
