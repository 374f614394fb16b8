import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleFrame } from '../../test/pages/sample-frame.ts';
import { accountBar } from './account.ts';
import { certificateFacts } from './certificate-name.ts';

const ENDS = new Date('2028-01-05T14:59:59Z');
const TURNED = '\u202eevil';

test('a name that turns the direction of text turns nothing beside it', () => {
  const certificate = { endsAt: ENDS, daysLeft: 10, home: 'file' as const };
  const person = { company: TURNED, user: TURNED, lastLogin: null, isAdministrator: false };
  const account = { ...person, certificate, formToken: 't' };
  const { markup } = accountBar(account, sampleFrame('ja'));
  assert.ok(markup.includes(`<bdi>${TURNED}</bdi><b><bdi>${TURNED}</bdi> 様</b>`));
  assert.equal(markup.split(TURNED).length, 3);
  const facts = certificateFacts({ name: TURNED, issuer: TURNED, endsAt: ENDS }, 'ja').markup;
  assert.match(
    facts,
    /<bdi class="certificate-name" translate="no"><span>\u202eevil<\/span> <\/bdi>/,
  );
  assert.match(facts, /<bdi>\u202eevil<\/bdi>/);
});
