// After a whole journey, right and wrong, neither the log nor any table of the database holds a secret
// that was used in it: PINs, tokens, keys, the installation's own secret.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Log } from '../../src/log.ts';
import type { Db } from '../../src/store/database.ts';
import { enter, loggedIn, makeCustomer, submitPin, visitorOf } from '../system/customers.ts';
import { beginProof, newKey, presentProof, renew } from '../system/renewal-client.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const PIN = 'Sakura2027';
const WRONG_PIN = 'Momiji1999';
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const SESSION_COOKIE = '__Host-session';

/** Everything that must not be found again, by name. */
type Secrets = Readonly<Record<string, string>>;

test('no secret of a journey is in the log or in the database', async () => {
  const lines: string[] = [];
  await using koshin = await openTestKoshin({ now: ISSUED, log: keeping(lines) });
  const secrets = await journey(koshin);
  for (const [name, value] of Object.entries(secrets)) assert.ok(value.length >= 8, name);
  const log = lines.join('\n');
  const tables = await tablesOf(koshin.house.db);
  assert.ok(log.includes('request refused'), 'the log has what was refused');
  assert.ok(tables['certificate']?.includes('user1'), 'the tables were read');
  for (const [place, text] of Object.entries({ log, ...tables })) {
    for (const [name, value] of Object.entries(secrets)) {
      const found = formsOf(value).filter((form) => text.includes(form));
      assert.deepEqual(found, [], `${name} is in ${place}`);
    }
  }
});

async function journey(koshin: TestKoshin): Promise<Secrets> {
  const own = await makeCustomer('user1', koshin, { pin: PIN });
  koshin.clock.set(IN_WINDOW);
  const visitor = visitorOf(koshin, own.shows);
  const page = await enter(visitor, koshin.mihon, koshin);
  assert.equal((await submitPin(visitor, page, WRONG_PIN)).status, 403);
  const session = await loggedIn(koshin, own, { pin: PIN });
  const key = newKey();
  const renewed = await renew(session, key);
  // Refused: a form that holds a secret where none belongs, and an address with one in its query.
  await session.visitor.post(`${session.origin}/renewal`, { request: PIN, 'form-token': PIN });
  await session.visitor.get(`${session.origin}/nothing?pin=${PIN}`);
  const begun = await beginProof(session);
  const wrong = { ...begun, token: `${begun.token.slice(0, -4)}AAAA` };
  await presentProof(koshin, wrong, { origin: session.origin, shows: renewed.shows });
  const proved = await presentProof(koshin, begun, {
    origin: session.origin,
    shows: renewed.shows,
  });
  assert.equal(proved.answer.status, 303);
  return {
    'the PIN': PIN,
    'the wrong PIN': WRONG_PIN,
    'the token of the PIN form': page.formToken ?? '',
    'the session token': session.visitor.cookie(session.origin, SESSION_COOKIE) ?? '',
    'the token of 確認': begun.token,
    'the wrong token of 確認': wrong.token,
    'the token of the new session': proved.visitor.cookie(proved.origin, SESSION_COOKIE) ?? '',
    'the old key': keyOctets(own.shows.key),
    'the new key': keyOctets(key.keyPem),
    'the secret of the installation': await readFile(`${koshin.folder}/secret`, 'latin1'),
  };
}

function keeping(lines: string[]): Log {
  const keep = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { info: keep, warn: keep, error: keep };
}

/** Every table that the application can read, as text; octets in hexadecimal. */
async function tablesOf(db: Db): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
    db,
  );
  const texts = rows.map(async ({ name }): Promise<[string, string]> => {
    const all = await sql<{ text: string }>`
      select coalesce(string_agg(one::text, E'\n'), '') as text from ${sql.table(name)} as one`.execute(
      db,
    );
    return [name, all.rows[0]?.text ?? ''];
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** As it is, and as it would look in other clothes. */
function formsOf(value: string): readonly string[] {
  const octets = [Buffer.from(value, 'latin1'), Buffer.from(value, 'base64url')];
  const encodings = ['hex', 'base64', 'base64url'] as const;
  return [
    value,
    ...octets
      .filter(({ length }) => length >= 8)
      .flatMap((one) => encodings.map((encoding) => one.toString(encoding).replace(/=+$/, ''))),
  ];
}

/** The middle of a private key, where its secret lies. */
function keyOctets(pem: string): string {
  const lines = pem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  return lines.join('').slice(40, 80);
}
