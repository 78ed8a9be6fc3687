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
    'The date was sent as the source has it, and the destination does not take it (too long ago, or too far ahead) or does not keep dates. Clients that sort by arrival will show it elsewhere.',
  );

/** @param amount  `1 h later` */
export const datesShifted = (share: Share, amount: string, example: string): Finding =>
  finding(
    `${dates('came back', share)} ${amount}: ${example}`,
    'server-bug',
    'folder',
    'note',
    'engine:dates-shifted',
    'The source’s dates are right and were sent with their zones; the destination reads or shows them in another zone. The order of the messages is kept. Its administrator can mend it, perhaps by the server’s time zone.',
  );

export const datedOnArrival = (share: Share, example: string): Finding =>
  finding(
    `${dates('was replaced by the time of arrival', share)}: ${example}`,
    'server-bug',
    'folder',
    'note',
    'engine:dated-on-arrival',
    'The destination does not keep the dates that APPEND gives it; the source’s dates are right. Clients that sort by arrival show these messages as new.',
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
    why === 'on order'
      ? 'The source’s INTERNALDATE was left out. Nothing is to be done.'
      : 'The source’s INTERNALDATE is missing or impossible; the header says when it arrived or was sent. Nothing is to be done.',
  );

export const undated: Finding = finding(
  'neither the source nor its headers give a usable date for it: the destination dated it on arrival',
  'corruption',
  'message',
  'note',
  'engine:undated',
  'The message is there, and clients that sort by arrival show it as new.',
);

/** @param internal  first and last INTERNALDATE  @param headers  the years of the headers */
export const datesBunched = (messages: number, internal: string, headers: string): Finding =>
  finding(
    `all ${messages} messages have INTERNALDATEs within one hour (${internal}), and headers over years (${headers})`,
    'message-policy',
    'folder',
    'note',
    'engine:dates-bunched',
    'Somebody copied them into this folder of the source then. They were sent with these dates. To have them dated by their headers, empty the folder at the destination and move it in a new batch with `--dates header`.',
  );
