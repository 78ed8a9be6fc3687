import { decidedText, standingText } from '../../../words/decided-text.js';
import { showPast } from '../../../words/times.js';
import type { Column } from '../../components/columns.js';
import { type DecidedRow, ruleText } from '../../select/decisions.js';

export function decidedColumns(now: number): readonly Column<DecidedRow>[] {
  return [
    {
      id: 'at',
      title: 'when',
      least: 6,
      most: 6,
      align: 'right',
      priority: 0,
      text: (row) => showPast(row.kind === 'rule' ? row.correction.at : row.decision.at, now),
      tone: () => 'dim',
    },
    {
      id: 'by',
      title: 'who',
      least: 8,
      most: 14,
      priority: 1,
      text: (row) => (row.kind === 'rule' ? (row.correction.by ?? '') : row.decision.by),
    },
    {
      id: 'what',
      title: 'what',
      least: 34,
      most: 120,
      priority: 0,
      text: whatText,
      tone: (row) => (row.kind === 'decision' && row.decision.action.do === 'undo' ? 'dim' : 'text'),
    },
    {
      id: 'standing',
      title: 'how it stands',
      least: 20,
      most: 48,
      priority: 0,
      text: standsText,
      tone: (row) => (isUndoable(row) ? 'accent' : 'dim'),
    },
  ];
}

export function whatText(row: DecidedRow): string {
  return row.kind === 'rule' ? ruleText(row.correction) : decidedText(row.decision);
}

export function standsText(row: DecidedRow): string {
  return row.kind === 'rule' ? 'a rule of the batch' : standingText(row.decision);
}

export function isUndoable(row: DecidedRow): boolean {
  return row.kind === 'rule' || row.decision.undoable;
}
