/**
 * An answer with everything taken out that two servers may word or number each in their own way:
 * texts, UIDVALIDITY, mod-sequences, "now". What stays is status, code, order and shape.
 */
export function normalised(answer: string): readonly string[] {
  const lines = linesOf(answer).map(normalisedLine);
  // Folders come in no order (RFC 3501 section 6.3.8). A STATUS line stays behind its LIST line.
  const sorted = lines
    .reduce<string[][]>((groups, line) => {
      if (line.startsWith('* STATUS') && groups.at(-1)?.[0]?.startsWith('* LIST')) groups.at(-1)!.push(line);
      else groups.push([line]);
      return groups;
    }, [])
    .sort((a, b) => (isRow(a[0]) && isRow(b[0]) ? compare(a[0]!, b[0]!) : 0));
  return sorted.flat();
}

function isRow(line: string | undefined): boolean {
  return line !== undefined && /^\* (LIST|LSUB) /.test(line);
}

function compare(a: string, b: string): number {
  const [left, right] = [a.replace(/^\* \w+ \(.*?\) /, ''), b.replace(/^\* \w+ \(.*?\) /, '')];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Lines, each with the literals that it runs through. */
function linesOf(answer: string): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < answer.length; ) {
    const from = at;
    for (;;) {
      const end = answer.indexOf('\r\n', at);
      const literal = /\{(\d+)\}$/.exec(answer.slice(at, end < 0 ? answer.length : end));
      at = end < 0 ? answer.length : end + 2 + (literal ? Number(literal[1]) : 0);
      if (!literal || end < 0) break;
    }
    lines.push(answer.slice(from, at).replace(/\r\n$/, ''));
  }
  return lines;
}

const STATE = /^(\S+) (OK|NO|BAD|BYE)(?: \[([^\]]*)\])?.*$/s;

function normalisedLine(line: string): string {
  if (line.startsWith('+')) return '+';
  const state = STATE.exec(line);
  if (state) return `${state[1]} ${state[2]}${state[3] === undefined ? '' : ` [${code(state[3])}]`}`;
  if (/^\* (CAPABILITY|ID)\b/.test(line)) return line.split(' ').slice(0, 2).join(' ');
  return line
    .replace(/\\(Un)?Marked ?/g, '')
    .replace(/ \)/g, ')')
    .replace(/MODSEQ \(\d+\)/g, 'MODSEQ (N)')
    .replace(/(UIDVALIDITY|HIGHESTMODSEQ) \d+/g, '$1 N')
    .replace(/INTERNALDATE "([^"]*)"/g, (whole, date: string) =>
      Math.abs(Date.parse(date) - Date.now()) < 86_400_000 ? 'INTERNALDATE "now"' : whole,
    );
}

function code(text: string): string {
  const [name = '', ...args] = text.split(' ');
  if (name === 'CAPABILITY') return name;
  if (name === 'UIDVALIDITY' || name === 'HIGHESTMODSEQ') return `${name} N`;
  if (name === 'APPENDUID') return [name, 'N', ...args.slice(1)].join(' ');
  return text;
}
