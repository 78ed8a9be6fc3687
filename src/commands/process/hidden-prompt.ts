import type { ReadStream } from 'node:tty';
import { BadInput } from '../../words/bad-input.js';
import type { Output } from './io.js';

const LONGEST_PASSWORD = 4_096;

/**
 * Asks on a terminal without showing what is typed. Enter ends it, Ctrl-C and Ctrl-D give up.
 *
 * @throws BadInput  when the operator gives up
 */
export function askHidden(question: string, input: ReadStream, output: Output): Promise<string> {
  return ask(question, input, output, { shows: () => '', gaveUp: 'no password was given' });
}

/** Asks a question on a terminal that `y` or `yes` answers; all else, and giving up, is a no. */
export async function confirm(question: string, input: ReadStream, output: Output): Promise<boolean> {
  const answer = await ask(`${question} [y/N] `, input, output, { shows: (echo) => echo, gaveUp: '' }).catch(
    (error: unknown) => {
      if (error instanceof BadInput) return '';
      throw error;
    },
  );
  return /^y(?:es)?$/i.test(answer.trim());
}

interface Asking {
  /** The part of an echo that is shown. */
  readonly shows: (echo: string) => string;
  readonly gaveUp: string;
}

async function ask(question: string, input: ReadStream, output: Output, { shows, gaveUp }: Asking): Promise<string> {
  await output.write(question);
  input.setRawMode(true);
  input.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const give = (settle: () => void) => {
        input.off('data', take);
        input.off('end', end);
        settle();
      };
      const refuse = () => give(() => reject(new BadInput(gaveUp)));
      const end = () => refuse();
      const decoder = new TextDecoder();
      const take = (chunk: Buffer) => {
        for (const char of decoder.decode(chunk, { stream: true })) {
          if (char === '\r' || char === '\n') return give(() => resolve(typed));
          if (char === '\u0003' || char === '\u0004') return refuse();
          const next = typedWith(typed, char);
          typed = next.typed;
          if (shows(next.echo) !== '') void output.write(shows(next.echo)).catch(() => undefined);
        }
      };
      input.on('data', take);
      input.on('end', end);
    });
  } finally {
    input.setRawMode(false);
    input.pause();
    await output.write('\n');
  }
}

const ERASED = '\b \b';

/** The text with one more key (Backspace, Ctrl-U, or a character), and what an echo of that key prints. */
function typedWith(typed: string, key: string): { readonly typed: string; readonly echo: string } {
  const characters = [...typed];
  switch (key) {
    case '\u007f':
    case '\b':
      return { typed: characters.slice(0, -1).join(''), echo: ERASED.repeat(Math.min(1, characters.length)) };
    case '\u0015':
      return { typed: '', echo: ERASED.repeat(characters.length) };
    default:
      return key >= ' ' && typed.length < LONGEST_PASSWORD ? { typed: typed + key, echo: key } : { typed, echo: '' };
  }
}
