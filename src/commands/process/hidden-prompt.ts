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
      const echo = (text: string) => {
        if (shows(text) !== '') void output.write(shows(text)).catch(() => undefined);
      };
      const end = () => refuse();
      const decoder = new TextDecoder();
      const take = (chunk: Buffer) => {
        for (const char of decoder.decode(chunk, { stream: true })) {
          if (char === '\r' || char === '\n') return give(() => resolve(typed));
          if (char === '\u0003' || char === '\u0004') return refuse();
          if (char === '\u007f' || char === '\b') {
            if (typed !== '') echo('\b \b');
            typed = [...typed].slice(0, -1).join('');
          } else if (char === '\u0015') {
            echo('\b \b'.repeat([...typed].length));
            typed = '';
          } else if (char >= ' ' && typed.length < LONGEST_PASSWORD) {
            typed += char;
            echo(char);
          }
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
