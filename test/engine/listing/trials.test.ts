import { describe, expect, it } from 'vitest';
import { ConnectionLost } from '../../../src/engine/imap/connection/connection-lost.js';
import { NOTHING_LOST } from '../../../src/engine/imap/connection/loss.js';
import { SLOW_SIDE } from '../../../src/engine/imap/connection/silence-limits.js';
import { NameTrials } from '../../../src/engine/listing/trials.js';

const lost = () => new ConnectionLost('source', '* BYE oops', null);
/** A server that dies when it is asked about one of these, and answers in order. */
function aServer(deadly: readonly string[]) {
  let line = { isDead: false };
  return {
    connects: () => {
      line = { isDead: false };
    },
    ask: async (name: string) => {
      const mine = line;
      await null;
      if (deadly.includes(name)) mine.isDead = true;
      if (mine.isDead) throw lost();
      return `about ${name}`;
    },
  };
}

/** Asks again on a new connection until all is answered. @returns how many connections that took */
async function untilDone(trials: NameTrials, server: ReturnType<typeof aServer>, names: readonly string[]) {
  for (let connections = 1; connections < 50; connections++) {
    server.connects();
    try {
      return { connections, tried: await trials.askAll(names, server.ask) };
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
    }
  }
  throw new Error('it never came to an end');
}

describe('names that are asked about', () => {
  it('are all answered at once by an ordinary server', async () => {
    const { connections, tried } = await untilDone(new NameTrials(), aServer([]), ['a', 'b']);
    expect(connections).toBe(1);
    expect([...tried.values()]).toEqual([
      { kind: 'answered', answer: 'about a' },
      { kind: 'answered', answer: 'about b' },
    ]);
  });

  it('are answered except the one that drops the connection, which is convicted when it is tried alone', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { connections, tried } = await untilDone(new NameTrials(), aServer(['c']), names);
    expect(connections).toBe(4);
    expect(tried.get('c')).toEqual({ kind: 'convicted', lastWords: '* BYE oops' });
    for (const name of names.filter((each) => each !== 'c')) expect(tried.get(name)?.kind).toBe('answered');
  });

  it('are told apart where several are deadly', async () => {
    const { tried } = await untilDone(new NameTrials(), aServer(['b', 'e']), ['a', 'b', 'c', 'd', 'e', 'f']);
    const convicted = [...tried].flatMap(([name, { kind }]) => (kind === 'convicted' ? [name] : []));
    expect(convicted.toSorted()).toEqual(['b', 'e']);
  });

  it('are no suspects any more once they were answered alone', async () => {
    const trials = new NameTrials();
    trials.suspect(['a'], lost());
    expect(trials.hasSuspects).toBe(true);
    await trials.askAll(['a'], aServer([]).ask);
    expect(trials.hasSuspects).toBe(false);
    expect(trials.isSuspect('a')).toBe(false);
  });
});

describe('names about which nothing is ever said', () => {
  const silence = (command: string, folder: string | null = null) =>
    new ConnectionLost('source', null, new Error(`no answer to ${command}`), {
      ...NOTHING_LOST,
      how: 'silent',
      unanswered: [{ name: command, folder, uids: null, of: null, isBegun: false, waited: 65_000 }],
    });
  const never = async () => {
    throw silence('LIST');
  };

  it('are LIST of everything at once, for there is another way, and then nothing is waited for but the levels', async () => {
    const trials = new NameTrials();
    await expect(trials.askAll(['*'], never)).rejects.toThrow(ConnectionLost);
    expect(trials.isGivenUp('*')).toBe(true);
  });

  it('are asked about by LIST of everything again, and longer, where no level is answered either: the server is slow', async () => {
    const trials = new NameTrials();
    await expect(trials.askAll(['*'], never)).rejects.toThrow(ConnectionLost);
    await expect(trials.askAll(['%'], never)).rejects.toThrow(ConnectionLost);
    expect(trials.isGivenUp('*')).toBe(false);
    const tried = await trials.askAll(['*'], async (_, patience) => patience);
    expect(tried.get('*')).toEqual({ kind: 'answered', answer: SLOW_SIDE });
  });

  it('are asked about no more after two of them, where a copy can do without the answer', async () => {
    const trials = new NameTrials({ command: 'STATUS', need: 'dispensable' });
    for (const name of ['a', 'b']) trials.failed(name, silence('STATUS', name));
    expect(trials.isGivenUp('c')).toBe(true);
  });

  it('are not convicted by the silence of another command', async () => {
    const trials = new NameTrials();
    const others = async () => {
      throw silence('NAMESPACE');
    };
    await expect(trials.askAll(['*'], others)).rejects.toThrow(ConnectionLost);
    expect(trials.isSuspect('*')).toBe(false);
  });
});
