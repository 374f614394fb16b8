import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventName, factsOf } from './audit-events.ts';

test('what an entry tells is in words, but for what only the record knows', () => {
  const detail = {
    by: 'pin',
    proof: 'mutual-tls',
    home: 'device',
    code: 'superseded',
    notAfter: '2027-02-24T14:59:59.000Z',
    forgotten: null,
    unknown: 'as it is',
    isLast: true,
  };
  assert.deepEqual(
    factsOf(detail, 'ja').map(({ name, value }) => `${name}: ${value}`),
    [
      '行った人: 利用者暗証番号',
      '方式: 電子証明書方式',
      '鍵の保管場所: この端末 (パスキー)',
      '断った理由: 新しい電子証明書をお選びください',
      '有効期限: 2027年2月24日 23時59分59秒',
      'unknown: as it is',
      'isLast: はい',
    ],
  );
});

test('what was signed is said to be there, and not shown', () => {
  const detail = { authenticatorData: 'x', clientDataJson: 'y', signature: 'z', signedBy: 'w' };
  assert.deepEqual(
    factsOf(detail, 'en').map(({ name, value }) => [name, value]),
    [['confirmed on the device', '✓']],
  );
});

test('an event of a later version is called by its own name', () => {
  assert.deepEqual(eventName('of-a-later-version'), {
    ja: 'of-a-later-version',
    en: 'of-a-later-version',
  });
  assert.equal(eventName('logged-in').ja, 'ログインしました');
});
