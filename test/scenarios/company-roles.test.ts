// The administrator's moves, tried by everybody who may not: refused each time, and on record with the number that
// the page shows. Through the public routes.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { MEMBER_ACTIONS } from '../../src/banking/company.ts';
import { openContract } from '../../src/operations/register-person.ts';
import { findByInquiry } from '../../src/store/audit-log.ts';
import { inTransaction } from '../../src/store/database.ts';
import { freezeRights } from '../../src/store/persons.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer, Visitor } from '../system/visitor.ts';

const OTHER_CONTRACT = '00087654321';

type Actor = { readonly visitor: Visitor; readonly origin: string };

const ACTORS: Readonly<Record<string, () => Promise<Actor>>> = {
  'a user of the contract': async () =>
    await loggedIn(koshin, await makeCustomer('user01', koshin)),
  'an administrator whose rights are frozen': async () => {
    const holding = await makeCustomer('frozen01', koshin, { role: 'administrator' });
    const { identity } = holding.certificate;
    await inTransaction(koshin.house.db, async (tx) => {
      await freezeRights(identity, koshin.clock.now(), tx);
    });
    return await loggedIn(koshin, holding);
  },
  'an administrator of another contract': async () => {
    const needs = { ...koshin.house, clock: koshin.clock };
    const { code } = koshin.mihon;
    await openContract({ institution: code, contract: OTHER_CONTRACT, name: 'べつの会社' }, needs);
    const person = { contract: OTHER_CONTRACT, role: 'administrator' } as const;
    return await loggedIn(koshin, await makeCustomer('other01', koshin, person));
  },
  'an administrator of another institution': async () => {
    const choice = { bank: koshin.betsu, role: 'administrator' } as const;
    return await loggedIn(koshin, await makeCustomer('betsu01', koshin, choice), {
      bank: koshin.betsu,
    });
  },
};

let koshin: TestKoshin;

suite('who may not manage a contract’s users', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
    await makeCustomer('target01', koshin);
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  for (const [name, enter] of Object.entries(ACTORS)) {
    test(`${name} is refused each move, and it is on record`, async () => {
      const actor = await enter();
      for (const action of MEMBER_ACTIONS) await refusedOnRecord(actor, 'target01', action);
      assert.equal(await stateOfTarget(), 'current');
    });
  }

  test('an administrator is refused each move on themselves', async () => {
    const own = await makeCustomer('kanri01', koshin, { role: 'administrator' });
    const actor = await loggedIn(koshin, own);
    for (const action of MEMBER_ACTIONS) await refusedOnRecord(actor, 'kanri01', action);
  });

  test('a registration that the form refuses is on record under the number it shows', async () => {
    const own = await makeCustomer('kanri07', koshin, { role: 'administrator' });
    const { visitor, origin } = await loggedIn(koshin, own);
    const { formToken = '' } = await visitor.get(`${origin}/company/register`);
    const form = { 'form-token': formToken, user: 'no ID', name: '鈴木' };
    const answer = await visitor.post(`${origin}/company/register`, form);
    assert.equal(answer.status, 400);
    const entries = await findByInquiry(answer.inquiry ?? '', koshin.house.db);
    assert.deepEqual(
      entries.map(({ event, detail }) => [event, detail['code'], detail['asked']]),
      [['request-refused', 'invalid-input', 'POST /company/register']],
    );
  });

  test('revoking and stopping another administrator is refused, suspending one is not', async () => {
    await makeCustomer('kanri04', koshin, { role: 'administrator' });
    const actor = await loggedIn(
      koshin,
      await makeCustomer('kanri05', koshin, { role: 'administrator' }),
    );
    assert.equal((await act(actor, 'kanri04', 'revoke')).status, 409);
    assert.equal((await act(actor, 'kanri04', 'stop')).status, 409);
    assert.equal((await act(actor, 'kanri04', 'suspend')).status, 303);
  });
});

async function refusedOnRecord(actor: Actor, user: string, action: string): Promise<void> {
  const answer = await act(actor, user, action);
  assert.equal(answer.status, 403, action);
  const entries = await findByInquiry(answer.inquiry ?? '', koshin.house.db);
  assert.deepEqual(
    entries.map(({ event, detail }) => [event, detail['asked']]),
    [
      [
        'request-refused',
        `POST /company/users/:user/${action === 'reset-pin' ? action : ':action'}`,
      ],
    ],
    action,
  );
}

async function act({ visitor, origin }: Actor, user: string, action: string): Promise<Answer> {
  const { formToken = '' } = await visitor.get(`${origin}/notices`);
  const form = { 'form-token': formToken, slot: '1', reason: 'lost', mail: 'x@mail.example' };
  return await visitor.post(`${origin}/company/users/${user}/${action}`, form);
}

async function stateOfTarget(): Promise<unknown> {
  const row = await koshin.house.db
    .selectFrom('certificate')
    .select('state')
    .where('institution', '=', koshin.mihon.code)
    .where('user_id', '=', 'target01')
    .executeTakeFirstOrThrow();
  return row.state;
}
