import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContract, registerPerson } from '../../src/operations/register-person.ts';
import { openTestBank, TEST_PIN } from './test-bank.ts';

test('companies and people are registered under names that pages can show, and under no others', async () => {
  await using world = await openTestBank();
  const institution = world.bank.code;
  const open = async (contract: string, name: string) =>
    await openContract({ institution, contract, name }, world);
  const register = async (user: string, name: string) => {
    const identity = { institution, contract: '00000000001', user };
    await registerPerson({ identity, name, role: 'user', pin: TEST_PIN }, world);
  };
  await open('00000000001', ' 株式会社みほん\u3000');
  await register('tanaka02', '田中　花子 ');
  for (const name of ['', '\u3000', 'み\0ほん', 'み\nほん', 'み\u202eほん']) {
    await assert.rejects(open('00000000002', name), { code: 'invalid-input' });
    await assert.rejects(register('sato03', name), { code: 'invalid-input' });
  }
  const { name: company } = await world.db
    .selectFrom('contract')
    .select('name')
    .where('contract', '=', '00000000001')
    .executeTakeFirstOrThrow();
  const people = await world.db.selectFrom('person').select('name').execute();
  assert.deepEqual([company, people], ['株式会社みほん', [{ name: '田中　花子' }]]);
});
