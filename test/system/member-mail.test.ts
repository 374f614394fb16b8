// Where a member is mailed, entered by an administrator: who may, what is recorded and who is told; the address of before is
// told as well, since a changed address is how codes would be led astray.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stopMember } from '../../src/operations/change-access.ts';
import { changeMailAddress } from '../../src/operations/change-mail-address.ts';
import { changeMemberMail } from '../../src/operations/change-member-mail.ts';
import { doForMember } from '../../src/operations/do-for-member.ts';
import { findListed } from '../../src/operations/list-company.ts';
import { noteBounced } from '../../src/operations/note-bounced.ts';
import { makeOnce } from '../../src/operations/once.ts';
import { findMailPlace } from '../../src/store/mail-addresses.ts';
import { administratorAt, administratorOf, companyNeeds } from './company-people.ts';
import { makeCustomer } from './customers.ts';
import { sendAll } from './mail-sending.ts';
import { openMailServer } from './mail-server.ts';
import { decoded } from './read-mail.ts';
import { codeOf, openTestBank, type TestBank } from './test-bank.ts';
import { openTestKoshin } from './test-koshin.ts';

const OLD = 'old@mail.example';
const NEW = 'new@mail.example';

test('the member is told at the new address and at the one before, the other administrators too', async () => {
  await using koshin = await openTestKoshin();
  await using server = await openMailServer();
  const { certificate } = await makeCustomer('suzuki01', koshin);
  const { identity } = certificate;
  const needs = companyNeeds({ ...koshin.house, clock: koshin.clock });
  const by = await administratorAt(koshin, 'kanri01');
  const other = await administratorAt(koshin, 'kanri02');
  await changeMailAddress(identity, OLD, needs);
  await changeMailAddress(other.person.identity, 'kanri02@mail.example', needs);
  await sendAll(koshin, server.place);
  const before = server.received.length;
  await changeMemberMail({ by, user: 'suzuki01', slot: 1, typed: NEW }, needs);
  await sendAll(koshin, server.place);
  const told = server.received.slice(before);
  assert.deepEqual(told.map(({ to }) => to).toSorted(), ['kanri02@mail.example', NEW, OLD]);
  for (const mail of told) {
    const { subject, body } = decoded(mail);
    assert.match(subject, /メールアドレスが変更されました/);
    assert.doesNotMatch(body, /@/);
  }
});

test('of a change by the bank all are told, once, and of none where nothing changes', async () => {
  await using bank = await bankWithSuzuki();
  const { identity, needs } = bank;
  for (const address of [OLD, OLD, NEW, NEW]) await changeMailAddress(identity, address, needs);
  assert.deepEqual(await formerTold(bank), [OLD]);
  const rows = await bank.db.selectFrom('mail').select(['user_id', 'facts']).execute();
  const told = rows.filter(({ facts }) => facts.kind === 'told' && facts.told.byBank === true);
  const whom = told.map(({ user_id }) => user_id).toSorted();
  assert.deepEqual(whom, ['kanri01', 'kanri01', 'suzuki01', 'suzuki01', 'suzuki01']);
});

test('an address that mail came back from is not told, and its mark is gone', async () => {
  await using bank = await bankWithSuzuki();
  const { by, identity, needs } = bank;
  await changeMailAddress(identity, OLD, needs);
  await noteBounced(OLD, needs);
  const marked = await findListed(by, 'suzuki01', needs);
  assert.notEqual(marked.mail.bouncedAt, null);
  await changeMemberMail({ by, user: 'suzuki01', slot: 1, typed: NEW }, needs);
  assert.deepEqual(await findMailPlace(identity, bank.db), { address: NEW, bouncedAt: null });
  assert.deepEqual(await formerTold(bank), []);
});

test('the same address entered again takes the mark away as well', async () => {
  await using bank = await bankWithSuzuki();
  const { by, identity, needs } = bank;
  await changeMailAddress(identity, OLD, needs);
  await noteBounced(OLD, needs);
  await changeMemberMail({ by, user: 'suzuki01', slot: 1, typed: OLD }, needs);
  assert.deepEqual(await findMailPlace(identity, bank.db), { address: OLD, bouncedAt: null });
});

test('an empty text is no address, on record without any, and the one before is told', async () => {
  await using bank = await bankWithSuzuki();
  const { by, identity, needs } = bank;
  await changeMailAddress(identity, OLD, needs);
  await changeMemberMail({ by, user: 'suzuki01', slot: 1, typed: ' ' }, needs);
  assert.deepEqual(await findMailPlace(identity, bank.db), { address: null, bouncedAt: null });
  assert.deepEqual(await formerTold(bank), [OLD]);
  assert.deepEqual(await setDetails(bank), [{ by: 'kanri01', hasAddress: false }]);
});

test('a form sent twice changes once, also after somebody else changed it since', async () => {
  await using bank = await bankWithSuzuki();
  const { by, identity, needs } = bank;
  const asked = { by, user: 'suzuki01', slot: 1, typed: NEW, once: makeOnce() };
  await Promise.all([changeMemberMail(asked, needs), changeMemberMail(asked, needs)]);
  await changeMemberMail({ by, user: 'suzuki01', slot: 1, typed: OLD }, needs);
  await changeMemberMail(asked, needs);
  assert.deepEqual(await findMailPlace(identity, bank.db), { address: OLD, bouncedAt: null });
  assert.equal((await setDetails(bank)).length, 2);
});

test('a stopped member’s address can be taken out', async () => {
  await using bank = await bankWithSuzuki();
  const { by, identity, needs } = bank;
  await changeMailAddress(identity, OLD, needs);
  await stopMember({ by, user: 'suzuki01', slot: 1 }, needs);
  await changeMemberMail({ by, user: 'suzuki01', slot: 1, typed: '' }, needs);
  assert.equal((await findMailPlace(identity, bank.db)).address, null);
});

test('nobody for themselves, nobody whom the contract has not, and no address that is none', async () => {
  await using bank = await bankWithSuzuki();
  const { by, identity, needs } = bank;
  for (const [user, address, code] of [
    ['kanri01', NEW, 'not-permitted'],
    ['nobody', NEW, 'not-permitted'],
    ['suzuki01', 'no address', 'invalid-input'],
  ] as const) {
    assert.equal(
      await codeOf(changeMemberMail({ by, user, slot: 1, typed: address }, needs)),
      code,
    );
  }
  const untyped = doForMember(
    'change-mail',
    { by, user: 'suzuki01', slot: 1, reissue: null },
    needs,
  );
  assert.equal(await codeOf(untyped), 'invalid-input');
  assert.equal((await findMailPlace(identity, bank.db)).address, null);
  assert.deepEqual(await setDetails(bank), []);
});

async function bankWithSuzuki() {
  const bank = await openTestBank();
  const { certificate } = await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  return { ...bank, by, identity: certificate.identity, needs: companyNeeds(bank) };
}

/** The addresses of before to which a mail was queued. */
async function formerTold({ db }: Pick<TestBank, 'db'>): Promise<readonly unknown[]> {
  const rows = await db.selectFrom('mail').select('facts').where('kind', '=', 'told').execute();
  return rows.flatMap(({ facts }) =>
    facts.kind === 'told' && facts.address !== undefined ? [facts.address] : [],
  );
}

/** What is on record of the changes that administrators made. */
async function setDetails({ db }: Pick<TestBank, 'db'>): Promise<readonly unknown[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select('detail')
    .where('event', '=', 'mail-address-set')
    .execute();
  return rows.map(({ detail }) => detail).filter((detail) => 'by' in detail);
}
