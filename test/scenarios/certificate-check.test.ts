// 証明書の動作確認, through the real routes and handshakes: which certificate was shown, whether it works, and
// that nothing is changed by looking.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import {
  CERTIFICATE_CHECK,
  CHECK_CLAIMS,
  CHECK_RESULTS,
} from '../../src/words/certificate-check.ts';
import { PIN } from '../../src/words/login.ts';
import { REFUSALS, type RefusalKind } from '../../src/words/refusals.ts';
import {
  forge,
  type Holding,
  loggedIn,
  makeCustomer,
  renewOf,
  visitorOf,
} from '../system/customers.ts';
import { whatStands } from '../system/device-client.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer, ClientIdentity } from '../system/visitor.ts';

const FOUNDED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const AFTER_THE_END = '2028-01-06T00:00:00Z';

let koshin: TestKoshin;
let users = 0;

suite('証明書の動作確認', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ otherNames: 'of-its-own' });
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('a certificate that works is named, with its serial number, and nothing is changed or recorded', async () => {
    const own = await customer();
    const earlier = [await whatStands(koshin), await entries()];
    const page = await check(own.shows);
    assert.equal(page.status, 200);
    assert.equal(page.heading, CERTIFICATE_CHECK.works.ja);
    assert.ok(page.text.includes(own.certificate.commonName));
    assert.ok(page.text.includes(Buffer.from(own.certificate.serial).toString('hex')));
    assert.ok(page.text.includes('ファイルまたはカード'));
    assert.deepEqual(resultsOn(page), ['good', 'good', 'good', 'good', 'good']);
    assert.equal(page.inquiry, undefined);
    assert.ok(!page.text.includes(CERTIFICATE_CHECK.mayRenew.ja));
    assert.deepEqual([await whatStands(koshin), await entries()], earlier);
  });

  test('in the window it says that the renewal is open', async () => {
    const own = await customer();
    koshin.clock.set(IN_WINDOW);
    assert.ok((await check(own.shows)).text.includes(CERTIFICATE_CHECK.mayRenew.ja));
    koshin.clock.set(FOUNDED);
  });

  test('one that waits for its proof works, still waits afterwards, and says what a login does', async () => {
    const own = await customer();
    const successor = await renewedInWindow(own);
    const earlier = await whatStands(koshin);
    const page = await check(successor.shows);
    assert.equal(page.heading, CERTIFICATE_CHECK.works.ja);
    assert.ok(page.text.includes(PIN.unproven.ja));
    assert.deepEqual(await whatStands(koshin), earlier);
    koshin.clock.set(FOUNDED);
  });

  for (const { name, kind, fails, show, at } of [
    { name: 'a renewed one', kind: 'superseded', fails: 1, show: superseded },
    { name: 'a suspended one', kind: 'suspended', fails: 1, show: withdrawn(suspendCertificates) },
    { name: 'a revoked one', kind: 'revoked', fails: 1, show: withdrawn(revokeCertificates) },
    { name: 'an expired one', kind: 'expired', fails: 2, show: as, at: AFTER_THE_END },
    {
      name: 'one that our key signed and nobody recorded',
      kind: 'unknown-certificate',
      fails: 0,
      show: ({ certificate }: Holding) =>
        forge({ like: certificate, bank: koshin.mihon, by: 'issuing-key' }).shows,
    },
  ] as const) {
    test(`${name} does not work: where it fails, why, and under which number it is on record`, async () => {
      const own = await customer();
      const shows = await show(own);
      if (at !== undefined) koshin.clock.set(at);
      const page = await check(shows);
      koshin.clock.set(FOUNDED);
      assert.equal(page.status, 200);
      assertFails(page, kind, fails);
      const [entry] = await entriesOf(page, koshin);
      assert.deepEqual([entry?.event, entry?.detail['code']], ['certificate-refused', kind]);
    });
  }

  test('of a renewed one it names the certificate to choose', async () => {
    const own = await customer();
    const successor = await provedSuccessor(own);
    const page = await check(own.shows);
    assert.ok(page.text.includes(successor.certificate.commonName));
    koshin.clock.set(FOUNDED);
  });

  test('another institution’s does not work here, and leaves no record', async () => {
    const bank = koshin.betsu;
    users += 1;
    const theirs = await makeCustomer(`user${users}`, koshin, { bank });
    const earlier = await entries();
    assertFails(await check(theirs.shows), 'unknown-issuer', 0);
    assert.deepEqual(await entries(), earlier);
  });

  test('a locked PIN is told, since a login would be refused', async () => {
    const own = await customer();
    const { user } = own.certificate.identity;
    const locked = { pin_locked_at: koshin.clock.now() };
    await koshin.house.db.updateTable('person').set(locked).where('user_id', '=', user).execute();
    assertFails(await check(own.shows), 'pin-locked', 4);
  });

  test('no certificate leads to the page for that', async () => {
    assertRefused(await check(undefined), 'no-certificate');
  });

  test('an old address leads to the top page, and every visit to another host', async () => {
    const visitor = visitorOf(koshin, (await customer()).shows);
    const first = await visitor.get(publicUrl('/certificate-check'));
    const second = await visitor.get(publicUrl('/certificate-check'));
    assert.equal(first.status, 303);
    assert.notEqual(new URL(first.location).hostname, new URL(second.location).hostname);
    koshin.clock.set(new Date(koshin.clock.now().getTime() + 11 * 60_000));
    assert.equal((await visitor.get(first.location)).location, publicUrl('/'));
    koshin.clock.set(FOUNDED);
  });

  test('the top page and the help lead there', async () => {
    for (const path of ['/', '/help']) {
      const page = await visitorOf(koshin).get(publicUrl(path));
      assert.match(page.body, /href="\/certificate-check"/);
    }
  });
});

async function customer(): Promise<Holding> {
  users += 1;
  return await makeCustomer(`user${users}`, koshin);
}

async function check(shows: ClientIdentity | undefined): Promise<Answer> {
  const visitor = visitorOf(koshin, shows);
  const { location } = await visitor.get(publicUrl('/certificate-check'));
  return await visitor.get(location);
}

function publicUrl(path: string): string {
  return `https://${koshin.mihon.publicHost}:${koshin.port}${path}`;
}

async function entries(): Promise<number> {
  return (await koshin.house.db.selectFrom('audit_entry').select('entry').execute()).length;
}

function as({ shows }: Holding): ClientIdentity {
  return shows;
}

function withdrawn(withdraw: typeof revokeCertificates) {
  return async ({ certificate, shows }: Holding): Promise<ClientIdentity> => {
    const { identity, slot } = certificate;
    await withdraw({ identity, slot, by: 'admin01' }, { ...koshin.house, clock: koshin.clock });
    return shows;
  };
}

async function renewedInWindow(own: Holding): Promise<Holding> {
  koshin.clock.set(IN_WINDOW);
  return await renewOf(own, koshin);
}

async function provedSuccessor(own: Holding): Promise<Holding> {
  const successor = await renewedInWindow(own);
  await loggedIn(koshin, successor);
  return successor;
}

async function superseded(own: Holding): Promise<ClientIdentity> {
  await provedSuccessor(own);
  return own.shows;
}

/** The claims before the one that fails are good, those after it were not reached. */
function assertFails(page: Answer, kind: RefusalKind, fails: number): void {
  assert.equal(page.heading, REFUSALS[kind].title.ja);
  const want = Object.keys(CHECK_CLAIMS).map((_, i) => {
    if (i === fails) return 'bad';
    return i < fails ? 'good' : 'unknown';
  });
  assert.deepEqual(resultsOn(page), want);
  assert.ok(page.text.includes(CHECK_RESULTS.bad.ja));
}

function resultsOn({ body }: Answer): readonly string[] {
  return Array.from(body.matchAll(/<li class="(good|bad|unknown)">/g), ([, result = '']) => result);
}
