import { type BatchEntity, isInStep, type MailboxEntity, type Status } from '../../../src/protocol/entities.js';
import { bytesSettled, settled, wholeOf } from '../../../src/protocol/figures.js';
import { needsOf } from '../../../src/protocol/needs.js';
import { needAmount, needName } from '../../../src/ui/select/needs.js';
import { showMinute } from '../../../src/words/times.js';
import { showBytes, showCount, showPercent } from '../../../src/words/units.js';

/** Figures by their names, as they are read on a screen. */
export type Figures = Readonly<Record<string, string>>;

/** Every figure of a batch, worked out of its entities. */
export function figuresOf({ batch, mailboxes }: Status): Figures {
  const { counts } = batch;
  return {
    percent: showPercent(settled(counts), wholeOf(batch)),
    settled: showCount(settled(counts)),
    whole: wholeText(batch),
    bytes: showBytes(bytesSettled(batch)),
    'bytes in all': batch.expectedBytes === null ? NONE : showBytes(batch.expectedBytes),
    total: showCount(counts.total),
    copied: showCount(counts.copied),
    'bytes copied': showBytes(counts.bytesCopied),
    there: showCount(counts.matched),
    skipped: showCount(counts.skipped),
    failed: showCount(counts.failed),
    gone: showCount(counts.vanished),
    left: showCount(counts.left),
    errors: showCount(batch.errors),
    needs: showCount(batch.needs),
    held: showCount(batch.byState.held),
    'in step': showCount(mailboxes.filter((one) => isInStep(one) && one.errors === 0).length),
    'other waves': showCount(batch.otherWaves),
    done: batch.eta === null ? NONE : showMinute(batch.eta, batch.now),
    ...Object.fromEntries(needsOf(mailboxes).map((need) => [needKey(needName(need)), amountOf(need)])),
    ...Object.assign({}, ...mailboxes.map(figuresOfMailbox)),
  };
}

const NONE = 'none';
const needKey = (name: string) => `needs because of ${name}`;
const amountOf = (need: Parameters<typeof needAmount>[0] & { readonly mailboxes: readonly unknown[] }) =>
  `${need.mailboxes.length}: ${needAmount(need)}`;

function wholeText(batch: BatchEntity): string {
  return `${batch.unseen > 0 ? 'about ' : ''}${showCount(wholeOf(batch))}`;
}

function figuresOfMailbox({ email, counts, errors, bytesLeft }: MailboxEntity): Figures {
  const of = (name: string, text: string) => [`${email} ${name}`, text];
  return Object.fromEntries([
    of('percent', showPercent(settled(counts), counts.total)),
    of('settled', showCount(settled(counts))),
    of('total', showCount(counts.total)),
    of('bytes', showBytes(bytesSettled({ counts, bytesLeft }))),
    of('bytes in all', showBytes(counts.bytesTotal)),
    of('copied', showCount(counts.copied)),
    of('there', showCount(counts.matched)),
    of('skipped', showCount(counts.skipped)),
    of('failed', showCount(counts.failed)),
    of('gone', showCount(counts.vanished)),
    of('left', showCount(counts.left)),
    of('errors', showCount(errors)),
  ]);
}

/** The groups of a pattern; a screen that does not have them at all is a fault of the screen. */
function found(screen: string, pattern: RegExp): readonly (string | undefined)[] {
  const groups = pattern.exec(screen);
  if (groups === null) throw new Error(`${pattern} is nowhere in\n${screen}`);
  return groups.slice(1);
}

/** The text that a pattern captures; if it is nowhere, the value that this means. */
const orElse = (screen: string, pattern: RegExp, otherwise: string) => pattern.exec(screen)?.[1] ?? otherwise;

const NUMBER = '([\\d,]+)';
const SIZE = '([\\d.,]+ [kMG]?B)';

/** Rows of what needs the operator, summed by cause as they are elsewhere: `3 mailboxes  OVERQUOTA  16`. */
function needFigures(screen: string): Figures {
  const sums = new Map<string, { mailboxes: number; messages: number; isAll: boolean }>();
  for (const line of screen.split('\n')) {
    const row = /^[▸ ]▲[* ](.{30}) (.{20}) (.{6}) {2}.* enter \w+ *$/.exec(line);
    if (row === null) continue;
    const [who = '', name = '', amount = ''] = row.slice(1).map((cell) => cell.trim());
    const sum = sums.get(name) ?? { mailboxes: 0, messages: 0, isAll: false };
    sum.mailboxes += Number(/^(\d+) mailboxes(?:, \w+)?$/.exec(who)?.[1] ?? 1);
    sum.messages += amount === 'all' ? 0 : Number(amount.replaceAll(',', ''));
    sum.isAll ||= amount === 'all';
    sums.set(name, sum);
  }
  const texts = [...sums].map(([name, { mailboxes, messages, isAll }]): [string, string] => [
    needKey(name),
    `${mailboxes}: ${isAll ? 'all' : messages === 0 ? '' : showCount(messages)}`,
  ]);
  return Object.fromEntries(texts);
}

/** The line of the whole batch; it says in words that there is no number yet. */
function readProgress(screen: string): Figures {
  if (screen.includes('nothing is counted yet')) return { settled: '0', whole: 'about 0' };
  const [percent = '', done = '', whole = '', bytes = '', inAll] = found(
    screen,
    new RegExp(` (\\S+) +${NUMBER} of ((?:about )?[\\d,]+) messages  ${SIZE}(?: of ${SIZE})?`),
  );
  return { percent, settled: done, whole, bytes, 'bytes in all': inAll ?? NONE };
}

export function readNight(screen: string): Figures {
  return {
    ...readProgress(screen),
    errors: orElse(screen, new RegExp(`  ${NUMBER} errors?\\b`), '0'),
    held: orElse(screen, new RegExp(`held ${NUMBER}`), '0'),
    'in step': orElse(screen, new RegExp(`synced ${NUMBER}`), '0'),
    needs: orElse(screen, new RegExp(`── needs you ${NUMBER}`), '0'),
    'other waves': orElse(screen, new RegExp(`waits?: ${NUMBER}`), '0'),
    ...(screen.includes('the rest waits for you') ? {} : { done: orElse(screen, /done about (\d\d:\d\d)/, NONE) }),
    ...needFigures(screen),
  };
}

/** A row a mailbox: its name, state, how much of it is done, left and wrong. */
export function readTable(screen: string): Figures {
  const lines = screen.split('\n');
  const titles = lines.find((line) => /mailbox .*state .*done/.test(line)) ?? expectTitles(screen);
  const cell = (line: string, title: string) => {
    const end = titles.indexOf(` ${title} `) + title.length + 1;
    return /(\S*)$/.exec(line.slice(0, end))?.[1] || '0';
  };
  return Object.assign(
    {},
    ...lines.map((line): Figures => {
      const email = /^[▸ ][ ●○]? ?(\S+@night\.example) /.exec(line)?.[1];
      if (email === undefined || !/[%-]/.test(line)) return {};
      return {
        [`${email} percent`]: cell(line, 'done'),
        [`${email} left`]: cell(line, 'left'),
        [`${email} errors`]: cell(line, 'errors'),
      };
    }),
  );
}

function expectTitles(screen: string): never {
  throw new Error(`no titles of a table in\n${screen}`);
}

export function readMailbox(screen: string): Figures {
  const [email = ''] = found(screen, /› (\S+@night\.example)/);
  const [percent = '', done = '', total = '', bytes = '', inAll = ''] = found(
    screen,
    new RegExp(` (\\S+) +${NUMBER} of ${NUMBER} messages  ${SIZE} of ${SIZE}`),
  );
  const [copied = '', there = '', skipped = '', failed = '', gone = '', left = '', errors = '0'] = found(
    screen,
    new RegExp(
      `copied ${NUMBER}  there ${NUMBER}  skipped ${NUMBER}  failed ${NUMBER}  gone ${NUMBER}  left ${NUMBER}(?:  errors ${NUMBER})?`,
    ),
  );
  const own = {
    ...{ percent, settled: done, total, bytes, 'bytes in all': inAll },
    ...{ copied, there, skipped, failed, gone, left, errors },
  };
  return Object.fromEntries(Object.entries(own).map(([name, text]) => [`${email} ${name}`, text]));
}

/** `8 of 36 mailboxes are in step`, where the page says so. */
function inStepFigures(screen: string): Figures {
  const [, inStep] = new RegExp(`${NUMBER} of ${NUMBER} mailbox(?:es)? (?:is|are) in step`).exec(screen) ?? [];
  return inStep === undefined ? {} : { 'in step': inStep };
}

/** The list of causes; once nothing is at work also the sums. */
export function readMorning(screen: string): Figures {
  const sums = new RegExp(`copied ${NUMBER} \\(${SIZE}\\)`).exec(screen);
  return {
    needs: orElse(screen, new RegExp(`── needs you ${NUMBER}`), '0'),
    ...inStepFigures(screen),
    ...needFigures(screen),
    ...(sums === null ? {} : sumFigures(screen, sums)),
  };
}

function sumFigures(text: string, [, copied = '', bytes = '']: readonly string[]): Figures {
  return {
    ...{ copied, 'bytes copied': bytes },
    there: orElse(text, new RegExp(`were there ${NUMBER}`), '0'),
    skipped: orElse(text, new RegExp(`skipped ${NUMBER}`), '0'),
    failed: orElse(text, new RegExp(`failed ${NUMBER}`), '0'),
    left: orElse(text, new RegExp(`left ${NUMBER}`), '0'),
    gone: orElse(text, new RegExp(`gone at the source ${NUMBER}`), '0'),
  };
}

/** The head of the list: what is open over all groups. */
export function readErrors(screen: string): Figures {
  return { failed: orElse(screen, new RegExp(`── groups[^\\n]*? {3}${NUMBER} messages?`), '0') };
}

export function readStart(screen: string): Figures {
  const [row = ''] = found(screen, /^(▸ +night .*)$/m);
  return {
    percent: orElse(row, / (\d+%|-) /, NONE),
    needs: orElse(row, new RegExp(`${NUMBER} needs? you`), '0'),
    errors: orElse(row, new RegExp(`${NUMBER} errors?`), '0'),
    done: orElse(row, /done ~(?:\d+ \w+ )?(\d\d:\d\d)/, NONE),
  };
}

/** The title of the window: `▲2 · 64% · night`. */
export function readTitle(title: string): Figures {
  const [needs, percent = ''] = found(title, new RegExp(`^(?:▲${NUMBER} · )?(\\S+) · night$`));
  return { needs: needs ?? '0', percent };
}

/** The few lines of a small terminal. */
export function readSmall(screen: string): Figures {
  const [done = '', whole = ''] = found(screen, new RegExp(`${NUMBER} of ((?:about )?[\\d,]+) messages`));
  return {
    percent: orElse(screen, / (\d+%|-)\s*$/m, NONE),
    ...{ settled: done, whole },
    needs: orElse(screen, new RegExp(`${NUMBER} needs? you`), '0'),
    done: orElse(screen, /done about (\d\d:\d\d)/, NONE),
  };
}

const COLUMNS: Readonly<Record<string, string>> = {
  MESSAGES: 'total',
  COPIED: 'copied',
  THERE: 'there',
  SKIPPED: 'skipped',
  FAILED: 'failed',
  GONE: 'gone',
  LEFT: 'left',
  ERRORS: 'errors',
};

/** `nightferry status`: its table, of each mailbox and in all, and the line above it. */
export function readStatus(lines: readonly string[]): Figures {
  const titles = lines.find((line) => line.startsWith('MAILBOX ')) ?? expectTitles(lines.join('\n'));
  const rows = lines.filter((line) => /^(\S+@night\.example|TOTAL) /.test(line));
  const text = lines.join('\n');
  const upTo = (row: string, title: string) => row.slice(0, titles.indexOf(` ${title} `) + title.length + 1);
  const [needs = ''] = found(text, new RegExp(`${NUMBER} needs? you`));
  const [inStep = ''] = found(text, new RegExp(`${NUMBER} done(?: \\(|, )`));
  return Object.assign(
    { needs, 'in step': inStep, 'other waves': orElse(text, new RegExp(`^wave \\d+: ${NUMBER} mailbox`, 'm'), '0') },
    ...rows.map((row): Figures => {
      const [name = ''] = row.split(' ');
      return Object.fromEntries(
        [
          ...Object.entries(COLUMNS).map(([title, figure]) => [figure, /(\S*)$/.exec(upTo(row, title))?.[1] ?? '']),
          ['bytes', new RegExp(` ${SIZE}(?: of ${SIZE})?$`).exec(upTo(row, 'BYTES DONE'))?.[1] ?? ''],
        ].map(([figure = '', text = '']) => [name === 'TOTAL' ? figure : `${name} ${figure}`, text]),
      );
    }),
  );
}
