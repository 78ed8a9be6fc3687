import { appendFileSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import { useReducer } from 'react';
import type { EngineClient } from '../../../src/protocol/client.js';
import { Lines } from '../../../src/ui/components/Lines.js';
import { type Binding, bind } from '../../../src/ui/keys/bindings.js';
import { useKeys } from '../../../src/ui/keys/use-keys.js';
import { runConsole } from '../../../src/ui/run-console.js';
import type { ScreenProps } from '../../../src/ui/shell/screen.js';
import { realTerminal } from '../../../src/ui/terminal/console-io.js';
import { chooseMode } from '../../../src/ui/terminal/mode.js';
import { systemClock } from '../../../src/words/clock.js';

/** A console with one screen, for a pty: what it does besides drawing is written to the file of its argument. */
const [, , diary = ''] = process.argv;
const note = (text: string) => appendFileSync(diary, `${text}\n`);

const KEYS: readonly Binding[] = [
  bind('look.explain', { id: 'x.fill', label: 'fill', description: 'Change every cell', weight: 10 }),
  bind('look.save', { id: 'x.note', label: 'note', description: 'Write a line to the diary', weight: 10 }),
  bind('look.arrange', { id: 'x.throw', label: 'throw', description: 'Throw outside of any component', weight: 10 }),
];

function Fill({ width, height }: ScreenProps) {
  const [round, next] = useReducer((n: number) => n + 1, 0);
  useKeys(KEYS, {
    'x.fill': next,
    'x.note': () => note('alive'),
    'x.throw': () => void Promise.reject(new Error('nobody waits for this')),
  });
  const lines = Array.from({ length: height - 1 }, (_, y) => [
    String.fromCharCode(97 + ((round + y) % 26)).repeat(width),
  ]);
  return <Lines width={width} height={height} lines={[[`round ${round}  ${width}x${height}`], ...lines]} />;
}

const client: EngineClient = {
  command: async () => ({ ok: false, why: 'there is no engine' }),
  subscribe: async () => undefined,
  status: () => Promise.reject(new Error('no engine')),
  closed: new Promise(() => {}),
  close() {},
};

const mode = chooseMode({
  stdinIsTerminal: process.stdin.isTTY,
  stdoutIsTerminal: process.stdout.isTTY,
  env: process.env,
  ascii: 'by locale',
  theme: null,
  bell: 'silent',
  mouse: 'on',
});
const io = realTerminal(process.stdin as ReadStream, process.stdout as WriteStream, systemClock);
if (mode.kind === 'plain' || !io) {
  process.stdout.write(`plain: ${mode.kind === 'plain' ? mode.why : 'no terminal'}\n`);
  process.exit(9);
}
const screens = [
  {
    name: 'fill',
    action: 'look.follow' as const,
    label: 'fill',
    description: '',
    title: () => 'fill',
    bindings: KEYS,
    component: Fill,
  },
];
const shown = { title: 'a batch', percent: 64, needs: 2, isOver: false };
const signs = { now: () => shown, onChange: () => () => undefined };
const parts = { client, io, clock: systemClock, mode, access: 'full' as const, screens, first: 'fill', signs };
const code = await runConsole({ ...parts, farewell: () => 'the engine goes on\n' });
note(`ended ${code}`);
process.exit(code);
