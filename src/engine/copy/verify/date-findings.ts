import type { ChangedDates } from '../../../words/findings/found.js';
import { type Finding, finding } from '../../responses/finding.js';
import type { Bunched } from '../message/date-spread.js';

/** Findings about dates that did not arrive as they are at the source. */

export const datesChanged = (dates: ChangedDates): Finding =>
  finding({ key: 'dates changed', ...dates }, 'message-policy', 'message', 'note', 'engine:date', {
    key: 'date not kept',
  });

/** @param amounts  milliseconds */
export const datesShifted = (dates: ChangedDates, amounts: readonly number[]): Finding =>
  finding({ key: 'dates shifted', amounts, ...dates }, 'server-bug', 'folder', 'note', 'engine:dates-shifted', {
    key: 'dates shifted',
  });

export const datedOnArrival = (dates: ChangedDates): Finding =>
  finding({ key: 'dated on arrival', ...dates }, 'server-bug', 'folder', 'note', 'engine:dated-on-arrival', {
    key: 'dated on arrival',
  });

/** @param header  the header line whose date is used */
export const datedByHeader = (header: 'Received' | 'Date', why: 'no usable date' | 'on order'): Finding =>
  finding(
    { key: 'dated by header', header, why },
    'message-policy',
    'message',
    'note',
    'engine:dated-by-header',
    why === 'on order' ? { key: 'dated by header on order' } : { key: 'dated by header' },
  );

export const undated: Finding = finding({ key: 'undated' }, 'corruption', 'message', 'note', 'engine:undated', {
  key: 'undated',
});

export const datesBunched = (bunched: Bunched): Finding =>
  finding({ key: 'dates bunched', ...bunched }, 'message-policy', 'folder', 'note', 'engine:dates-bunched', {
    key: 'dates bunched',
  });
