import type { Mail } from './mail.js';

/**
 * Mail of somebody else that is like a message in some way, or in none, each with the words for it.
 *
 * @param number  of its own: no other mail has its Message-ID, body or date
 * @param twins   whether one may have the Message-ID, the size and the date of the message at once
 */
export function strangersLike(
  like: Mail,
  number: number,
  twins: 'too' | 'never',
): readonly (readonly [string, Mail])[] {
  const { id, size, date } = like;
  const other: Mail = {
    id: number,
    body: number,
    size: 0,
    date: 400 + number,
    flagged: false,
    bareLf: false,
    refused: false,
    mended: 0,
  };
  return [
    ['of another kind', other],
    ['an exact copy', like],
    ['with its Message-ID', { ...other, id }],
    ['of its size', { ...other, size }],
    ['of its date', { ...other, date }],
    ['of its size and date', { ...other, size, date }],
    ['of its size and date, without Message-ID', { ...other, id: null, size, date }],
    ['with its Message-ID, size and date', twins === 'too' ? { ...other, id, size, date } : other],
  ];
}
