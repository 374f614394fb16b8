// The customers' guides, made by a real run: every step is found on its page, and the words follow the
// institution's policy.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeGuides } from '../../guide/make-guides.ts';
import { sampleOrder } from '../../guide/order.ts';
import { unlessPolicies } from '../browsers/automatic-choice.ts';
import { unlessInstalled } from '../interop/programs.ts';

const skip = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');

test('the guides of a bank with names and rules of its own', { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-guide-'));
  try {
    const sample = sampleOrder('ja');
    const written = await makeGuides(
      {
        ...sample,
        institution: { ...sample.institution, code: '1777', name: 'あおば信用金庫' },
        policy: { ...sample.policy, graceDays: 0, renewalWindowDays: 41, keyHomes: ['file'] },
      },
      folder,
      () => {},
    );
    assert.equal(written.length, 6);
    const renewal = await readFile(join(folder, '1777-renewal-ja.html'), 'utf8');
    assert.ok(renewal.includes('あおば信用金庫'));
    assert.ok(renewal.includes('有効期限の41日前から'));
    assert.ok(renewal.includes('管理者の方に、再発行をご依頼ください。'));
    assert.ok(!renewal.includes('パスキー'), 'a way that the policy does not allow');
    assert.ok(!renewal.includes('メールで受け取る'), 'nor codes by mail, without grace');
    // As many pictures as steps that have a page.
    assert.equal(renewal.match(/<image /g)?.length, 10);
    for (const file of written.filter((one) => one.endsWith('.pdf'))) {
      const octets = await readFile(file);
      assert.equal(octets.subarray(0, 5).toString(), '%PDF-');
      assert.ok(octets.length > 100_000, file);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a policy of which there are no guides is told', async () => {
  const sample = sampleOrder('ja');
  const devices = { ...sample, policy: { ...sample.policy, keyHomes: ['device'] } as const };
  await assert.rejects(
    makeGuides(devices, '/nowhere', () => {}),
    /devices alone/,
  );
});
