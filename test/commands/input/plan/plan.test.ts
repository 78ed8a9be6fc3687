import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_ROWS, parsePlan } from '../../../../src/commands/input/plan/plan.js';
import { COLUMNS } from '../../../../src/commands/input/plan/plan-columns.js';
import { MOST_BYTES } from '../../../../src/commands/input/plan/plan-text.js';
import { planRowSchema } from '../../../../src/store/batch/batch.js';
import { BadInput } from '../../../../src/words/bad-input.js';
import { read, refusal } from './a-plan.js';

const HEADER = 'EmailAddress,UserName,Password';

describe('a plan', () => {
  it("reads Exchange's three columns", () => {
    const plan = read(`${HEADER}\nann@new.example,ann,s3cret\n`);
    expect(plan.rows).toEqual([
      {
        id: 'ann_new.example',
        email: 'ann@new.example',
        sourceUser: 'ann',
        destinationUser: 'ann@new.example',
        userRoot: null,
        own: null,
        at: null,
        wave: null,
        row: 2,
      },
    ]);
    expect(plan.passwords.get('ann_new.example')?.source?.reveal()).toBe('s3cret');
    expect(plan.passwords.get('ann_new.example')?.destination).toBeUndefined();
  });

  it('takes column names in any case and order, a byte order mark, CRLF, quotes and blank lines', () => {
    const plan = read(
      '\uFEFFdestinationpassword, PASSWORD ,username,EMAILADDRESS,UserRoot,DestinationUserName\r\n\r\n"d,1"," p""w ",ann,ann@x,/users/ann,ann-new\r\n',
    );
    const [row] = plan.rows;
    expect(row).toMatchObject({
      email: 'ann@x',
      sourceUser: 'ann',
      userRoot: '/users/ann',
      destinationUser: 'ann-new',
      row: 3,
    });
    expect(plan.passwords.get(row?.id ?? '')?.source?.reveal()).toBe(' p"w ');
    expect(plan.passwords.get(row?.id ?? '')?.destination?.reveal()).toBe('d,1');
  });

  it.each([
    ['', 'school.csv: the plan is empty'],
    ['\n\n', 'school.csv: the plan is empty'],
    [HEADER, 'school.csv: the plan has a header but no mailboxes'],
    ['EmailAddress,Password\na@x,p', 'school.csv, row 1: column "UserName" is missing'],
    ['UserName,Password\na,p', 'school.csv, row 1: column "EmailAddress" is missing'],
    [
      `${HEADER},Quota\na@x,a,p,1`,
      `school.csv, row 1: column "Quota" is unknown; the columns are ${COLUMNS.join(', ')}`,
    ],
    [`${HEADER},password\na@x,a,p,1`, 'school.csv, row 1: column "Password" stands there twice'],
    [`${HEADER}\na@x,a,p\nb@x,b`, 'school.csv, row 3: wrong number of columns, expected 3, actual 2'],
    [`${HEADER}\na@x,a,p,q`, 'school.csv, row 2: wrong number of columns, expected 3, actual 4'],
    [`${HEADER}\na@x,a,p\n\n ,b,p`, 'school.csv, row 4, column EmailAddress: the cell is empty'],
    [`${HEADER}\na@x,,p`, 'school.csv, row 2, column UserName: the cell is empty'],
    [`${HEADER}\nann@x,a,p\nbob@x,b,p\nAnn@X,c,p`, 'school.csv, row 4: mailbox Ann@X stands in row 2 already'],
    [
      `${HEADER},DestinationUserName\nann@x,a,p,one\nbob@x,b,p,ONE`,
      'school.csv, row 3: destination user ONE stands in row 2 already',
    ],
    [`${HEADER}\nann@x,"a,p\nbob@x,b,p`, /school.csv, row \d: a quote is not closed/],
    [`${HEADER}\nann@x,a,hunt"er2`, /school.csv, row 2: a quote stands inside a cell/],
    [`${HEADER}\nann@x,"a"b,hunter2`, /school.csv, row 2: a quote stands inside a cell/],
    [`${HEADER}\nann@x,a,hunter2\u001b[2J`, 'school.csv, row 2, column Password: the cell holds a control character'],
    [
      `${HEADER}\na@x,,p\nb@x,b\nA@x,c,p\nd@x,d,\u0007`,
      'school.csv: 4 mistakes: row 2, column UserName: the cell is empty; row 3: wrong number of columns, expected 3, actual 2; row 4: mailbox A@x stands in row 2 already; row 5, column Password: the cell holds a control character',
    ],
    [
      `${HEADER}\n${',x,p\n'.repeat(30)}`,
      /^school.csv: 30 mistakes: row 2, .*; row 21, column EmailAddress: the cell is empty; and 10 more$/,
    ],
    [
      'old.example;ann;hunter2;new.example;ann@x;hunter3\nold.example;bob;hunter2;new.example',
      'school.csv, row 2: wrong number of columns, expected 6, actual 4',
    ],
    ['ann@x,ann,hunter2\nbob@x,bob,hunter2', /school.csv, row 1: it is no header row/],
  ])('says in one line what is wrong with %j', (text, message) => {
    if (typeof message === 'string') expect(refusal(text)).toBe(message);
    else expect(refusal(text)).toMatch(message);
    expect(refusal(text)).not.toMatch(/hunt|\n|\u001b/);
  });

  const SAME = [
    ['ann@x', 'ann', 's;3,c|ret'],
    ['bob@x', 'bob', 'ß€😀'],
  ] as const;
  const written = (separator: string) =>
    [HEADER.split(','), ...SAME].map((cells) => cells.map((cell) => `"${cell}"`).join(separator)).join('\r\n');
  const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

  it.each<[string, string | Uint8Array]>([
    ['semicolons', written(';')],
    ['tabs', written('\t')],
    ['bars', written('|')],
    ['a byte order mark before a quote', `\uFEFF${written(';')}`],
    ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${written(',')}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(written('\t'), 'utf16le')],
    ['UTF-16, big end first', bigEndian(`\uFEFF${written(';')}`)],
    ['UTF-16, big end first, without a mark', bigEndian(written(','))],
  ])('reads the same of %s', (_, text) => {
    const { rows, passwords } = read(text);
    expect(rows.map(({ id, email, sourceUser }) => [email, sourceUser, passwords.get(id)?.source?.reveal()])).toEqual(
      SAME,
    );
  });

  it("reads imapsync's list, in which quotes are part of a password", () => {
    const plan = read(
      '# old and new\nold.example;ann;p"w;new.example;ann@x;p2;\n\nOLD.example;bob;p3;new.example;bob@x;p4;--extra\n',
    );
    expect(plan.rows).toMatchObject([
      { email: 'ann@x', sourceUser: 'ann', destinationUser: 'ann@x', row: 2 },
      { email: 'bob@x', sourceUser: 'bob', destinationUser: 'bob@x', row: 4 },
    ]);
    const [ann] = plan.rows;
    expect(plan.passwords.get(ann?.id ?? '')?.source?.reveal()).toBe('p"w');
    expect(plan.passwords.get(ann?.id ?? '')?.destination?.reveal()).toBe('p2');
    expect(plan.servers.get(ann?.id ?? '')).toEqual({
      source: { kind: 'host', host: 'old.example' },
      destination: { kind: 'host', host: 'new.example' },
    });
  });

  it("takes the names of imapsync's cells for a header, and rows of separators for blank", () => {
    const list = 'host1;user1;password1;host2;user2;password2\nold.example;ann;p;new.example;ann@x;q\n;;;;;\n';
    expect(read(list).rows).toMatchObject([{ email: 'ann@x', row: 2 }]);
    expect(read(`${HEADER}\nann@x,ann,p\n,,\n\n , ,\nbob@x,bob,p\n`).rows).toMatchObject([
      { email: 'ann@x', row: 2 },
      { email: 'bob@x', row: 6 },
    ]);
    expect(refusal('host1;user1;password1;host2;user2;password2\n')).toContain('has a header but no mailboxes');
  });

  it('refuses what is neither UTF-8 nor UTF-16', () => {
    expect(refusal(Buffer.from([...Buffer.from(`${HEADER}\n`), 0xe4]))).toMatch(/neither UTF-8 nor UTF-16/);
  });

  it('refuses one row or one byte too many, and takes the last that fits', () => {
    const rows = Array.from({ length: MOST_ROWS }, (_, i) => `u${i}@x,u${i},p`);
    expect(read(`${HEADER}\n${rows.join('\n')}`).rows).toHaveLength(MOST_ROWS);
    expect(refusal(`${HEADER}\n${rows.join('\n')}\nlast@x,l,p`)).toMatch(/has 50,001 rows; at most 50,000/);
    expect(refusal(Buffer.alloc(MOST_BYTES + 1, 0x61))).toMatch(/larger than 10 MB/);
  });

  it('shows no password when it is printed or serialised', () => {
    const plan = read(`${HEADER},DestinationPassword\nann@x,a,hunter2,hunter3`);
    const printed = inspect(plan, { depth: 9 }) + JSON.stringify([...plan.passwords]) + JSON.stringify(plan.rows);
    expect(printed).not.toMatch(/hunter/);
  });

  it('gives every mailbox an id that is safe as a file name, and its own', () => {
    const email = fc.oneof(
      fc.emailAddress(),
      fc.constantFrom('..', '../../etc/passwd', 'a/b', 'ü@x', 'a_b', 'a@b', 'A@b', '-rf', '.x@y', 'x'.repeat(500)),
    );
    fc.assert(
      fc.property(fc.uniqueArray(email, { minLength: 1, selector: (one) => one.toLowerCase() }), (emails) => {
        const text = [HEADER, ...emails.map((one) => `"${one.replaceAll('"', '""')}",u,p`)].join('\n');
        const ids = read(text).rows.map((row) => planRowSchema.parse(row).id);
        expect(new Set(ids).size).toBe(emails.length);
        expect(ids.every((id) => /^[A-Za-z0-9]/.test(id))).toBe(true);
      }),
    );
  });

  it('answers any bytes with a plan or with one line', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('EmailAddress', 'UserName', 'Password', '"', 'a@x', '\n', ','),
    );
    const text = fc
      .array(
        fc.array(cell, { maxLength: 5 }).map((cells) => cells.join(',')),
        { maxLength: 6 },
      )
      .map((lines) => lines.join('\n'));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      text.map((one) => Buffer.from(one)),
      text.map((one) => Buffer.from(`${HEADER}\n${one}`)),
    );
    fc.assert(
      fc.property(bytes, (one) => {
        try {
          expect(parsePlan(one, 'p.csv', 'UTC').rows.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(BadInput);
          expect((error as Error).message).toMatch(/^p\.csv[^\n]*$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a row with options of its own', () => {
  const own = (cells: string) =>
    read(`EmailAddress,UserName,Include,Exclude,Map,Since,Wave\nann@x,ann,${cells}\n`).rows[0]!;

  it('names folders, mappings, a day and a wave', () => {
    expect(own('Archive/**; a;;b,Spam,Old=New;Sent=Out\\=going,2024-01-31,2')).toMatchObject({
      own: {
        include: ['Archive/**', 'a;b'],
        exclude: ['Spam'],
        map: [
          { from: 'Old', to: 'New' },
          { from: 'Sent', to: 'Out=going' },
        ],
        since: { day: '2024-01-31', zone: 'Europe/Berlin' },
      },
      wave: 2,
    });
  });

  it('leaves to the batch what it does not name', () => {
    expect(own(',,,,')).toMatchObject({ own: null, wave: null });
    expect(own(',,,,7')).toMatchObject({ own: null, wave: 7 });
    expect(own(',,,2024-01-31 UTC,')).toMatchObject({
      own: { include: null, exclude: null, map: null, since: { day: '2024-01-31', zone: 'UTC' } },
      at: null,
      wave: null,
    });
  });

  it('has all that is wrong with it named', () => {
    const text = refusal('EmailAddress,UserName,Map,Since,Wave\nann@x,ann,a,soon,0\nben@x,ben,a=b;a=c,2024-01-31,x\n');
    expect(text).toMatch(/^school\.csv: 5 mistakes: /);
    expect(text).toContain('row 2, column Map: Map: OLD=NEW is expected, not "a"');
    expect(text).toContain('row 2, column Since: Since: a day is expected');
    expect(text).toContain('row 2, column Wave: Wave: a number from 1 to 999 is expected');
    expect(text).toContain('row 3, column Map: Map: the folder "a" is mapped twice');
  });

  it('is for the store to keep', () => {
    expect(planRowSchema.safeParse(own('a,b,c=d,2024-01-31,3')).success).toBe(true);
  });
});
