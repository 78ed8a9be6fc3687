import { describe, expect, it } from 'vitest';
import { newCommand, type Pending, PendingCommands } from '../../../../src/engine/imap/connection/pending.js';

function command(name: string): Pending {
  return newCommand({ name, pieces: [], listener: {}, resolve: () => {}, reject: () => {} });
}

function send(commands: PendingCommands, tag: string, pending: Pending): Pending {
  commands.add(tag, pending);
  commands.sending(pending, 0);
  return pending;
}

describe('the place of a command behind unanswered ones', () => {
  it('is told by the kind that counts first, as long as one of it has no answer', () => {
    const commands = new PendingCommands();
    expect(send(commands, 'a', command('STATUS')).behind).toBe('nothing');
    expect(send(commands, 'b', command('EXAMINE')).behind).toBe('an opening behind another');
    expect(send(commands, 'c', command('EXAMINE')).behind).toBe('an opening behind an opening');
    commands.take('b');
    expect(send(commands, 'd', command('UID FETCH')).behind).toBe('a reading behind an opening');
    commands.take('c');
    expect(send(commands, 'e', command('STATUS')).behind).toBe('another behind a reading');
    commands.clear();
    expect(send(commands, 'f', command('STATUS')).behind).toBe('nothing');
    expect(send(commands, 'g', command('STATUS')).behind).toBe('another behind another');
  });

  it('is not told by those that still wait to be written', () => {
    const commands = new PendingCommands();
    commands.add('a', command('EXAMINE'));
    send(commands, 'b', command('STATUS'));
    expect(send(commands, 'c', command('STATUS')).behind).toBe('another behind another');
    commands.take('a');
    expect(send(commands, 'd', command('STATUS')).behind).toBe('another behind another');
  });

  it('is found without a look at each of them: they are as many as an account has folders', () => {
    const commands = new PendingCommands();
    const many = 3000;
    let looks = 0;
    for (let at = 0; at < many; at++) {
      const counted = Object.defineProperty(command('STATUS'), 'name', {
        get: () => {
          looks++;
          return 'STATUS';
        },
      });
      send(commands, `${at}`, counted);
    }
    expect(looks).toBeLessThan(10 * many);
  });
});
