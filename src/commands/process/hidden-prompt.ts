import type { ReadStream } from 'node:tty';
import { BadInput } from '../../words/bad-input.js';
import type { Output } from './io.js';

const LONGEST_PASSWORD = 4_096;

/**
 * Asks on a terminal without showing what is typed. Enter ends it, Ctrl-C and Ctrl-D give up.
 *
 * @throws BadInput  when the operator gives up
 */
export async function askHidden(question: string, input: ReadStream, output: Output): Promise<string> {
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
      const refuse = () => give(() => reject(new BadInput('no password was given')));
      const end = () => refuse();
      const decoder = new TextDecoder();
      const take = (chunk: Buffer) => {
        for (const char of decoder.decode(chunk, { stream: true })) {
          if (char === '\r' || char === '\n') return give(() => resolve(typed));
          if (char === '\u0003' || char === '\u0004') return refuse();
          if (char === '\u007f' || char === '\b') typed = [...typed].slice(0, -1).join('');
          else if (char === '\u0015') typed = '';
          else if (char >= ' ' && typed.length < LONGEST_PASSWORD) typed += char;
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
