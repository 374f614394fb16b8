import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIdentity } from './identity.ts';
import { commonNameOf } from './subject-name.ts';

const good = { institution: '1394', contract: '00012345678', user: 'suzuki01' };

for (const { title, identity } of [
  { title: 'an institution code of three digits', identity: { ...good, institution: '139' } },
  { title: 'a contract ID of ten digits', identity: { ...good, contract: '0001234567' } },
  { title: 'full-width digits', identity: { ...good, contract: '０００１２３４５６７８' } },
  { title: 'an empty user ID', identity: { ...good, user: '' } },
  { title: 'a user ID of 31 characters', identity: { ...good, user: 'a'.repeat(31) } },
  { title: 'a user ID with a space', identity: { ...good, user: 'suzuki 01' } },
  { title: 'a user ID that ends in a line break', identity: { ...good, user: 'suzuki01\n' } },
]) {
  test(`${title} is refused`, () => {
    assert.throws(() => parseIdentity(identity), { code: 'invalid-input' });
  });
}

test('an identity is taken as it is', () => {
  assert.deepEqual(parseIdentity(good), good);
});

test('the common name tells contract, user, institution and the Tokyo month of the end', () => {
  const end = new Date('2027-12-31T14:59:59Z');
  assert.equal(commonNameOf(good, end, true), '00012345678 suzuki01 1394 2027-12');
  assert.equal(commonNameOf(good, end, false), '00012345678 suzuki01 1394');
});
