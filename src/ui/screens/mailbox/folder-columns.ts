import type { FolderEntity } from '../../../protocol/entities.js';
import { settled, share } from '../../../protocol/figures.js';
import { showBytes, showPercent, showShortCount } from '../../../words/units.js';
import type { Column } from '../../components/columns.js';
import { bar } from '../../text/bar.js';
import type { Glyphs } from '../../text/glyphs.js';

/** Folders of a mailbox. @param current the folder that is at work, or null */
export function folderColumns(current: string | null, glyphs: Glyphs): readonly Column<FolderEntity>[] {
  const number = (
    id: keyof FolderEntity['counts'],
    title: string,
    priority: number,
    tone?: 'alert',
  ): Column<FolderEntity> => ({
    id,
    title,
    least: Math.max(6, title.length),
    most: Math.max(6, title.length),
    align: 'right',
    priority,
    text: ({ counts }) => (counts[id] === 0 ? '' : showShortCount(counts[id])),
    ...(tone ? { tone: () => tone } : {}),
    order: ({ counts }) => counts[id],
  });
  return [
    {
      id: 'folder',
      title: 'folder',
      least: 20,
      most: 70,
      cut: 'middle',
      priority: 0,
      text: ({ source, destination }) => (source === destination ? source : `${source} ${glyphs.to} ${destination}`),
      tone: ({ source }) => (source === current ? 'accent' : 'text'),
      order: ({ source }) => source,
    },
    {
      id: 'progress',
      title: 'done',
      least: 4,
      most: 4,
      align: 'right',
      priority: 0,
      text: ({ counts }) => showPercent(settled(counts), counts.total),
      order: ({ counts }) => share(counts),
    },
    {
      id: 'bar',
      title: '',
      least: 10,
      most: 10,
      priority: 7,
      text: ({ counts }) => {
        const { done, left } = bar(share(counts), 10, glyphs);
        return done + left;
      },
      tone: ({ source }) => (source === current ? 'accent' : 'dim'),
    },
    number('copied', 'copied', 1),
    number('matched', 'there', 4),
    number('skipped', 'skipped', 3),
    number('failed', 'failed', 0, 'alert'),
    number('vanished', 'gone', 5),
    number('left', 'left', 0),
    {
      id: 'bytes',
      title: 'size',
      least: 7,
      most: 8,
      align: 'right',
      priority: 6,
      text: ({ counts }) => (counts.bytesTotal > 0 ? showBytes(counts.bytesTotal) : ''),
      order: ({ counts }) => counts.bytesTotal,
    },
    {
      id: 'way',
      title: 'way',
      least: 12,
      most: 40,
      priority: 8,
      text: ({ way }) => way ?? '',
      tone: () => 'dim',
    },
  ];
}
