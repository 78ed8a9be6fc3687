import { useMemo } from 'react';
import type { PlannedMailbox } from '../../../protocol/rehearsal-entity.js';
import { type DayHour, readDayHour, showDayHour } from '../../../words/day-window.js';
import { zoneOfTimes } from '../../../words/times.js';
import { nextAtMinute } from '../../../words/zone.js';
import { Prompt } from '../../components/Prompt.js';
import { useTyped, useView } from '../../model/context.js';
import { groundsSpans, verdictSpans } from '../../select/rehearsal.js';
import { useShell } from '../../shell/context.js';
import { useKept } from '../../shell/use-kept.js';
import { type Spans, span } from '../../text/spans.js';
import { type ToldRehearsal, useRehearsal } from '../shared/use-rehearsal.js';

/** The night as it was played, as the schedule shows it. */
export interface Plan {
  /** Above the timeline: the answer, and what it rests on. */
  readonly head: readonly Spans[];
  readonly of: ReadonlyMap<string, PlannedMailbox>;
  /** The hour that was asked for; null: none. */
  readonly by: number | null;
  /** When the last one is done; null: nobody knows. */
  readonly end: number | null;
  /** Asks the operator for an hour, and plays the night again. */
  readonly ask: () => void;
}

/** Until the operator names an hour the night is over when the window closes. */
type Hour = DayHour | 'window' | 'none';

export function usePlan(): Plan {
  const { batch, now } = useView();
  const shell = useShell();
  const typed = useTyped();
  const [hour, setHour] = useKept<Hour>('hour', 'window');
  const window = batch?.window ?? null;
  const asked = hour === 'window' ? window && { minute: window.to, zone: window.zone } : hour === 'none' ? null : hour;
  const by = asked === null ? null : nextAtMinute(asked.zone, asked.minute, now);
  const { told, again } = useRehearsal(by);
  const { known } = told;
  const of = useMemo(() => new Map(known?.mailboxes.map((one) => [one.id, one])), [known]);
  const ask = (): void => {
    const done = (text: string): string | null => {
      const read = text.trim() === '' ? 'none' : readDayHour(text, zoneOfTimes());
      if (read === null) return 'an hour of the day is expected: 06:00, or nothing';
      // Another hour is another question, and is asked by itself.
      if (isSame(read === 'none' ? null : read, asked)) again();
      setHour(read);
      return null;
    };
    const close = () => shell.overlay(null);
    const explains =
      'By which hour is it to be done? Nothing for none. The rest of the night is played from now on; nothing is changed by it.';
    const initial = asked === null ? '' : showDayHour(asked, zoneOfTimes());
    shell.overlay(<Prompt {...{ title: 'rehearse', explains, initial }} width={60} onDone={done} onClose={close} />);
  };
  return { head: headOf(told, typed), of, by: known?.by ?? null, end: known?.end.middle ?? null, ask };
}

function isSame(one: DayHour | null, other: DayHour | null): boolean {
  return one?.minute === other?.minute && one?.zone === other?.zone;
}

function headOf({ known, trouble }: ToldRehearsal, typed: string): readonly Spans[] {
  if (known !== null) {
    const grounds = groundsSpans(known);
    return grounds === null ? [verdictSpans(known)] : [verdictSpans(known), grounds];
  }
  if (trouble === null) return [[' ', span('dim', 'the rest of the night is being played')]];
  return [[' ', span('dim', `no plan: ${trouble}; \`nightferry rehearse ${typed}\` plays the night`)]];
}
