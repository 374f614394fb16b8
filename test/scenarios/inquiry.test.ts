// The number on a refusal page, read out on the phone, leads the help desk to what happened.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { parseTypedCode } from '../../src/banking/typed-code.ts';
import { inquiryText } from '../../src/commands/inquiry.ts';
import { findInquiry } from '../../src/operations/find-inquiry.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { enter, makeCustomer, renewOf, submitPin, visitorOf } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';

let koshin: TestKoshin;

suite('an inquiry number', () => {
  before(async () => {
    koshin = await openTestKoshin({ now: ISSUED });
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('of a superseded certificate names the person, both certificates and what to do', async () => {
    const old = await makeCustomer('old1', koshin);
    koshin.clock.set(IN_WINDOW);
    const { certificate } = await renewOf(old, koshin);
    const evidence = { kind: 'mutual-tls' as const, certificate };
    await logIn({ evidence, pin: TEST_PIN }, { ...koshin.house, clock: koshin.clock });
    const page = await enter(visitorOf(koshin, old.shows), koshin.mihon, koshin);
    const text = await told(page.inquiry);
    assert.match(text, /^\w{8} {2}2027年12月20日 12時00分00秒 {2}みほん信用金庫 \(1394\)$/m);
    assert.match(text, /^ {2}event +certificate-refused \(code superseded,/m);
    assert.match(text, /^ {2}user +00012345678 old1 {2}鈴木 太郎$/m);
    assert.match(text, new RegExp(`shown +${old.certificate.commonName} {2}superseded,`));
    assert.match(text, new RegExp(`in the slot +${certificate.commonName} {2}current,`));
    assert.ok(text.includes(REFUSALS.superseded.title.ja));
    for (const step of REFUSALS.superseded.steps.ja) assert.ok(text.includes(step));
  });

  test('of a wrong PIN tells how many there were, and that the PIN is locked once it is', async () => {
    const own = await makeCustomer('own1', koshin);
    const visitor = visitorOf(koshin, own.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    const first = await submitPin(visitor, page, 'wrong123');
    const text = await told(first.inquiry);
    assert.match(text, /event +pin-wrong \(attempts 1\)$/m);
    assert.doesNotMatch(text, /wrong123|locked/);
    for (let error = 2; error <= 6; error += 1) await submitPin(visitor, page, 'wrong123');
    assert.match(await told(first.inquiry), /^ {2}now +the PIN is locked$/m);
  });

  test('of a stranger is not on record, and the answer says where to look', async () => {
    const page = await enter(visitorOf(koshin), koshin.mihon, koshin);
    const text = await told(page.inquiry);
    assert.match(text, /nothing on record/);
    assert.ok(text.includes(`"inquiryNumber":"${page.inquiry ?? ''}"`));
  });

  test('is taken however it was read out', () => {
    assert.equal(parseTypedCode(' 7k3m-9qoi '), '7K3M9Q01');
    assert.throws(() => parseTypedCode('7K3M9QP'), { code: 'invalid-input' });
  });
});

async function told(inquiry = ''): Promise<string> {
  return inquiryText(inquiry, await findInquiry(parseTypedCode(inquiry), koshin.house.db));
}
