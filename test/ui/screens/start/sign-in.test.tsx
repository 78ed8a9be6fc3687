import { describe, expect, it } from 'vitest';
import type {
  Application,
  Done,
  MoveDraft,
  SideTest,
  SigningPerson,
  StartServices,
  TypedSide,
} from '../../../../src/ui/screens/start/services.js';
import { aStartConsole, SMALL } from '../../support/a-batch-console.js';
import { clickOn } from '../../support/mouse.js';
import { GOOD } from '../../support/paper-start.js';

const ONLY_TOKENS: SideTest = {
  ...{ ok: false, why: 'the server offers no login by password', advice: 'Give it an application.', at: 'password' },
  takes: 'access tokens',
};
const REFUSED: SideTest = {
  ...{ ok: false, why: 'Invalid credentials (Failure)', advice: 'Make an app password.', at: 'password' },
};
const ALL: Application = { name: 'tenant', wants: 'nothing', says: 'an application of Microsoft 365' };
const ANN: Application = { name: 'ann', wants: 'a sign-in', says: 'a person signs in by a code' };

/** A source that takes access tokens alone, and applications that get them. */
class TokenStart implements StartServices {
  readonly tested: TypedSide[] = [];
  readonly moved: MoveDraft[] = [];
  person: SigningPerson | null = null;
  signedIn: (done: Done) => void = () => undefined;

  constructor(
    readonly configured: readonly Application[],
    private readonly refused: SideTest = ONLY_TOKENS,
  ) {}

  async batches() {
    return [];
  }
  async test(side: 'source' | 'destination', typed: TypedSide): Promise<SideTest> {
    if (side === 'destination') return GOOD;
    this.tested.push(typed);
    return typed.application === '' ? this.refused : GOOD;
  }
  async applications() {
    return this.configured;
  }
  signIn(_: string, person: SigningPerson): Promise<Done> {
    this.person = person;
    return new Promise((resolve) => {
      this.signedIn = resolve;
    });
  }
  async move(draft: MoveDraft) {
    this.moved.push(draft);
    return { ok: true as const, batch: 'ann' };
  }
  readonly #no = async () => ({ ok: false as const, why: 'not in this test' });
  readonly dryRun = this.#no;
  readonly readsPlan = this.#no;
  readonly open = this.#no;
  readonly resume = this.#no;
  readonly delete = this.#no;
}

async function aForm(configured: readonly Application[], password = 'secret', refused = ONLY_TOKENS) {
  const services = new TokenStart(configured, refused);
  const { console } = await aStartConsole(services, SMALL);
  const settles = async () => {
    for (let turns = 0; turns < 4; turns++) await console.clock.pass(300);
  };
  await settles();
  await console.type(`imaps://ann@old.example\t${password}\timaps://ann@new.example\tsecret\t\r`);
  await settles();
  return { services, console, settles };
}

describe('a server that takes access tokens', () => {
  it('is logged in to by an application of the configuration, with the mouse alone', async () => {
    const { services, console, settles } = await aForm([ALL, ANN]);
    const asked = await console.screen();
    expect(asked).toContain('sign in to the source');
    expect(asked).toMatch(/\[tenant\] +an application of Microsoft 365/);
    expect(asked).toMatch(/ann +a person signs in by a code, which nobody did yet/);
    await clickOn(console, '[ Use it ]');
    await settles();
    expect(services.tested.map(({ application, password }) => [application, password])).toEqual([
      ['', 'secret'],
      ['tenant', ''],
    ]);
    expect(await console.screen()).toContain('by tenant');
    await clickOn(console, '[ Move ]');
    expect(services.moved[0]?.source).toMatchObject({ application: 'tenant', password: '' });
  });

  it('besides app passwords, as Gmail does, is offered an application when one is refused, and Esc goes back to the password', async () => {
    const both: SideTest = { ...REFUSED, takes: 'access tokens, too' };
    const { services, console, settles } = await aForm([ALL], 'wrong', both);
    expect((await console.screen()).replace(/[\s│]+/g, ' ')).toContain('This password is refused. An application of');
    await console.type('\u001b');
    await settles();
    expect(await console.screen()).not.toContain('sign in to the source');
    expect(services.tested).toHaveLength(1);
    expect(await console.screen()).toContain('Invalid credentials');
    const plain = await aForm([ALL], 'wrong', REFUSED);
    expect(await plain.console.screen()).not.toContain('sign in to the source');
  });

  it('shows the page and the code of a sign-in, and goes on when somebody has signed in', async () => {
    const { services, console, settles } = await aForm([ANN]);
    await console.type('\r');
    services.person?.asked({ page: 'https://id.example/activate', code: 'BDWP-HQPK' });
    await settles();
    const shown = await console.screen();
    expect(shown).toContain('https://id.example/activate');
    expect(shown).toContain('BDWP-HQPK');
    services.signedIn({ ok: true });
    await settles();
    expect(services.tested.at(-1)?.application).toBe('ann');
    expect(await console.screen()).toContain('[ Move ]');
  });

  it('says why a sign-in failed, and takes the address at which a browser elsewhere ended', async () => {
    const { services, console, settles } = await aForm([ANN]);
    await console.type('\u001bP>|kitty(0.32.0)\u001b\\');
    await console.type('\r');
    const page = `https://id.example/?${'long'.repeat(40)}`;
    services.person?.asked({ page, code: null });
    await settles();
    // Each piece of the broken line leads to the whole.
    const { raw } = await console.look();
    expect(raw).toContain(`\u001b]8;;${page}\u0007https://id.example/?long`);
    expect(raw).not.toMatch(/\u001b\]8;;(?!https:\/\/id\.example\/\?(?:long){40}\u0007|\u0007)/);
    expect((await console.screen()).replace(/[\s│]/g, '')).toContain('long'.repeat(40));
    await console.type('http://localhost:1/?state=x\r');
    const first = await services.person?.pasted[Symbol.asyncIterator]().next();
    expect(first?.value).toBe('http://localhost:1/?state=x');
    services.signedIn({ ok: false, why: 'whoever signed in did not agree' });
    await settles();
    expect(await console.screen()).toContain('whoever signed in did not agree');
    await console.type('\u001b');
    await settles();
    expect(await console.screen()).not.toContain('sign in to the source');
    expect(services.person?.signal.aborted).toBe(true);
    expect(services.tested).toHaveLength(1);
  });

  it('says that no application is configured, and asks nothing', async () => {
    const { console } = await aForm([]);
    const screen = await console.screen();
    expect(screen).not.toContain('sign in to the source');
    expect(screen).toContain('Give it an application.');
  });

  it('is asked for where no password was typed, and a password that is typed later counts', async () => {
    const { services, console, settles } = await aForm([ALL], '');
    expect(await console.screen()).toContain('No password was typed.');
    await console.type('\r');
    await settles();
    expect(services.tested.map(({ application }) => application)).toEqual(['tenant']);
    await clickOn(console, 'by tenant');
    await console.type('x');
    await clickOn(console, '[ Test');
    await settles();
    expect(services.tested.at(-1)).toMatchObject({ application: '', password: 'x' });
  });
});
