import type { DateSource } from '../../../store/batch/batch.js';
import { instantOf, writeDateTime } from '../../imap/grammar/internal-date.js';
import { type Dated, readDate } from '../../imap/grammar/lenient-date.js';
import type { Literal } from '../../imap/grammar/response-reader.js';
import { type DateHeader, headerDate } from './header-date.js';

/** The date that a message is sent with. */
export interface MessageDate {
  /** For APPEND; '' where no date is known, and the destination gives its own. */
  readonly text: string;
  /** Milliseconds since the epoch; undefined where no date is known. */
  readonly instant: number | undefined;
  readonly from: 'INTERNALDATE' | DateHeader | 'none';
}

/**
 * The date of a message: the source's INTERNALDATE, read leniently, else that of its headers; the other way round
 * where an operator asked for that.
 *
 * @param internalDate  as the source wrote it; '' where it gave none
 */
export function messageDate(internalDate: string, body: Literal, by: DateSource): MessageDate {
  const internal = () => byInternalDate(internalDate);
  const header = () => byHeader(body);
  return (by === 'internal' ? (internal() ?? header()) : (header() ?? internal())) ?? NONE;
}

const NONE: MessageDate = { text: '', instant: undefined, from: 'none' };

/** The first date that mail may have. A server that tells an earlier one does not know the date. */
const FIRST_MAIL = Date.UTC(1970, 0, 1);

function byInternalDate(text: string): MessageDate | undefined {
  const instant = instantOf(text);
  // As the source wrote it, in its own zone.
  if (instant !== undefined) return instant >= FIRST_MAIL ? { text, instant, from: 'INTERNALDATE' } : undefined;
  const dated = readDate(text);
  return dated && { ...written(dated), from: 'INTERNALDATE' };
}

function byHeader(body: Literal): MessageDate | undefined {
  const dated = headerDate(body);
  return dated && { ...written(dated), from: dated.header };
}

const written = ({ instant, offset }: Dated) => ({ text: writeDateTime(instant, offset), instant });

/** The instant of an INTERNALDATE, for comparing; undefined where it names none. */
export function instantIn(internalDate: string | undefined): number | undefined {
  if (internalDate === undefined) return undefined;
  return instantOf(internalDate) ?? readDate(internalDate)?.instant;
}
