import type { ErrorEntryEntity } from '../../../protocol/answers.js';
import { adviceText } from '../../../words/advice/advice-text.js';
import { groundsText } from '../../../words/grounds/grounds-text.js';
import { showDuration } from '../../../words/times.js';
import { plural, showCount } from '../../../words/units.js';
import { responseTo } from '../../select/errors.js';
import { type Spans, span } from '../../text/spans.js';
import { type EntryLook, field, secondCopiesText, showDay, triedText } from './detail-lines.js';

/** Everything that is known of one message of an entry, or of an entry that names none. @param uid null: it names none */
export function uidLines(
  entry: ErrorEntryEntity,
  uid: number | null,
  { width, now, typed }: EntryLook,
): readonly Spans[] {
  const { mailbox, side, command, folder, count, skipped, accepted, attempts, times, firstAt, lastAt, verdict } = entry;
  const line = (name: string, text: string) => field(name, text, width);
  const others = entry.own.filter((one) => one.uid !== uid);
  const left = [
    ...(skipped > 0 ? [`${plural(skipped, 'message')} left out by a decision`] : []),
    ...(accepted ? ['accepted by a decision'] : []),
  ];
  return [
    ...line('response', uid === null ? entry.response : responseTo(entry, uid)),
    ...line('command', command),
    ...line('side', side),
    ...line('mailbox', mailbox),
    ...line('folder', folder ?? '-'),
    ...(entry.doubled > 0 ? line('UIDs', secondCopiesText(entry)) : []),
    [],
    ...line(...triedText(attempts, times, count > 1 ? ' at most' : '')),
    ...line('first', showDay(firstAt, now)),
    ...line('last', showDay(lastAt, now)),
    ...(count > 1 ? field('alike', `${showCount(count)} messages: ${entry.uids}`, width, 3) : []),
    ...left.flatMap((text) => line('left out', text)),
    [],
    ...line('what to do', adviceText(verdict.advice, typed)),
    ...line('read as', `${verdict.kind}, reaches the ${verdict.scope}`),
    ...line('because', groundsText(verdict)),
    ...(verdict.waitSeconds > 0 ? line('wait named', showDuration(verdict.waitSeconds * 1000)) : []),
    ...(others.length > 0 ? [[], [' ', span('strong', 'others with a response of their own')] as Spans] : []),
    ...others.flatMap(({ uid: other, response }) => line(`UID ${other}`, response)),
  ];
}
