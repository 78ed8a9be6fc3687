import { describe, expect, it } from 'vitest';
import { correctedRows } from '../../../../src/commands/input/plan/corrected-rows.js';
import { parsePlan } from '../../../../src/commands/input/plan/plan.js';

const plan = (text: string) => parsePlan(Buffer.from(text), 'school.csv', 'UTC');
const OLD = plan('EmailAddress,UserName,Password\nann@x,ann,a\nbob@x,bob,b\n');
const all = new Set(OLD.rows.map(({ id }) => id));
const nothing = () => 0;

describe('a plan that was corrected', () => {
  it('gives users, root and passwords of the rows that are meant, whatever their order and case', () => {
    const fresh = plan(
      'UserName,EmailAddress,Password,UserRoot\nbob,bob@x,b2,\nann@old,ANN@x,a2,INBOX\nnew,new@x,n,\n',
    );
    const read = correctedRows(OLD.rows, all, nothing, fresh);
    expect(read.map(({ row, change }) => [row.id, row.email, row.sourceUser, row.userRoot, change])).toEqual([
      [OLD.rows[0]?.id, 'ann@x', 'ann@old', 'INBOX', 'users'],
      [OLD.rows[1]?.id, 'bob@x', 'bob', null, 'none'],
    ]);
    expect(read.map(({ passwords }) => passwords.source?.reveal())).toEqual(['a2', 'b2']);
    expect(read[0]?.row.destinationUser).toBe('ANN@x');
  });

  it('is refused where a row is missing, or where messages went to another destination', () => {
    const other = plan('EmailAddress,UserName,DestinationUserName\nann@x,ann,anna\nbob@x,bob,bob@x\n');
    expect(() => correctedRows(OLD.rows, all, () => 120, other)).toThrow(
      'school.csv, row 2 (ann@x): the destination user is another one now, and 120 messages went to the first: move it in a batch of its own',
    );
    expect(correctedRows(OLD.rows, all, nothing, other)[0]?.row.destinationUser).toBe('anna');
    const swapped = plan('EmailAddress,UserName,DestinationUserName\nann@x,ann,BOB@x\n');
    const ann = new Set([OLD.rows[0]?.id ?? '']);
    expect(() => correctedRows(OLD.rows, ann, nothing, swapped)).toThrow(
      /another mailbox of the batch has this destination user/,
    );
    expect(() => correctedRows(OLD.rows, all, nothing, swapped)).toThrow(/no row for bob@x|another mailbox/);
  });
});
