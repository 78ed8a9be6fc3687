import { describe, expect, it } from 'vitest';
import { MailboxList } from '../../../src/ui/model/mailbox-list.js';
import { aMailbox } from '../support/a-batch.js';

describe('the list of mailboxes', () => {
  it('is in the order of a reader, whichever comes first', () => {
    const list = new MailboxList();
    for (const email of ['box10', 'Box2', 'box1', 'älter', 'zoe']) list.note(aMailbox(email));
    expect(list.all().map(({ email }) => email)).toEqual(['älter', 'box1', 'Box2', 'box10', 'zoe']);
    list.note(aMailbox('box1', { errors: 4 }));
    expect(list.all()[1]?.errors).toBe(4);
    expect(list.size).toBe(5);
  });
});
