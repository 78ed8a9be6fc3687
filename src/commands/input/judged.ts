import { z } from 'zod';
import { BadInput } from '../../words/bad-input.js';
import { splitWords } from './credentials/shell-words.js';

/** Has the reader of a command-line option judge a value: the file and the command line take the same. */
export function judged<T extends z.ZodType>(type: T, read: (value: z.output<T>) => unknown): T {
  return type.superRefine((value, context) => {
    try {
      read(value);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });
}

export const text = z.string().min(1, 'a text is expected');

/** The command of a key, in words that no shell has to read. */
export const command = (key: string) => judged(text, (value) => splitWords(value, key)).optional();

/** Numbers may be written as numbers. */
export const textOrNumber = z.union([z.string(), z.number()]);
