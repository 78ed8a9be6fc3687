import { describe, expect, it } from 'vitest';
import { correctedRows } from '../../../../src/commands/input/plan/corrected-rows.js';
import { parsePlan } from '../../../../src/commands/input/plan/plan.js';
import { anEndpoint } from '../../../support/batch/plain-batch.js';

const plan = (text: string) => parsePlan(Buffer.from(text), 'school.csv', 'UTC');
const OLD = plan('EmailAddress,UserName,Password\nann@x,ann,a\nbob@x,bob,b\n');
const BATCH = {
  mailboxes: [...OLD.rows],
  source: anEndpoint(),
  destination: anEndpoint({ host: 'mail.new.example' }),
  others: { source: {}, destination: {} },
};
const all = new Set(OLD.rows.map(({ id }) => id));
const nothing = () => 0;

describe('a plan that was corrected', () => {
  it('gives users, root and passwords of the rows that are meant, whatever their order and case', () => {
    const fresh = plan(
      'UserName,EmailAddress,Password,UserRoot\nbob,bob@x,b2,\nann@old,ANN@x,a2,INBOX\nnew,new@x,n,\n',
    );
    const read = correctedRows(BATCH, all, nothing, fresh);
    expect(read.map(({ row, change }) => [row.id, row.email, row.sourceUser, row.userRoot, change])).toEqual([
      [OLD.rows[0]?.id, 'ann@x', 'ann@old', 'INBOX', 'users'],
      [OLD.rows[1]?.id, 'bob@x', 'bob', null, 'none'],
    ]);
    expect(read.map(({ passwords }) => passwords.source?.reveal())).toEqual(['a2', 'b2']);
    expect(read[0]?.row.destinationUser).toBe('ANN@x');
  });

  it('is refused where a row is missing, or where messages went to another destination', () => {
    const other = plan('EmailAddress,UserName,DestinationUserName\nann@x,ann,anna\nbob@x,bob,bob@x\n');
    expect(() => correctedRows(BATCH, all, () => 120, other)).toThrow(
      'school.csv, row 2 (ann@x): the destination user is another one now, and 120 messages went to the first: move it in a batch of its own',
    );
    expect(correctedRows(BATCH, all, nothing, other)[0]?.row.destinationUser).toBe('anna');
    const swapped = plan('EmailAddress,UserName,DestinationUserName\nann@x,ann,BOB@x\n');
    const ann = new Set([OLD.rows[0]?.id ?? '']);
    expect(() => correctedRows(BATCH, ann, nothing, swapped)).toThrow(
      /another mailbox of the batch has this destination user/,
    );
    expect(() => correctedRows(BATCH, all, nothing, swapped)).toThrow(/no row for bob@x|another mailbox/);
  });

  it('is refused where a row names another server: a batch keeps those that it was made with', () => {
    const elsewhere = plan(
      'EmailAddress,UserName,Source\nann@x,ann,imaps://other.example\nbob@x,bob,imaps://mail.old.example\n',
    );
    const [ann, bob] = OLD.rows.map(({ id }) => new Set([id]));
    expect(() => correctedRows(BATCH, ann!, nothing, elsewhere)).toThrow(
      /row 2 \(ann@x\): its source is imaps:\/\/other\.example.* now, and the batch has it at imaps:\/\/mail\.old\.example/,
    );
    expect(correctedRows(BATCH, bob!, nothing, elsewhere)).toHaveLength(1);
  });
});
