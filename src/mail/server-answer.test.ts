import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverAnswer } from './server-answer.ts';

for (const [command, status, enhanced, answer] of [
  [null, null, null, 'no-answer'],
  ['EHLO', null, null, 'no-answer'],
  [null, 421, null, 'put-off'],
  [null, 554, '5.7.1', 'us-refused'],
  ['EHLO', 550, null, 'us-refused'],
  ['AUTH PLAIN', 535, '5.7.8', 'us-refused'],
  ['AUTH PLAIN', 454, '4.7.0', 'put-off'],
  ['MAIL FROM', 530, '5.7.0', 'us-refused'],
  ['MAIL FROM', 550, '5.1.8', 'us-refused'],
  ['MAIL FROM', 553, null, 'us-refused'],
  ['RCPT TO', 450, '4.2.0', 'put-off'],
  ['RCPT TO', 550, null, 'address-refused'],
  ['RCPT TO', 551, null, 'address-refused'],
  ['RCPT TO', 553, null, 'address-refused'],
  ['RCPT TO', 550, '5.1.1', 'address-refused'],
  ['RCPT TO', 550, '5.1.10', 'address-refused'],
  ['RCPT TO', 550, '5.2.1', 'address-refused'],
  ['RCPT TO', 550, '5.1.8', 'us-refused'],
  ['RCPT TO', 553, '5.1.7', 'us-refused'],
  ['RCPT TO', 550, '5.7.1', 'us-refused'],
  ['RCPT TO', 550, '5.7.23', 'us-refused'],
  ['RCPT TO', 530, null, 'us-refused'],
  ['RCPT TO', 554, null, 'us-refused'],
  ['RCPT TO', 550, '5.4.1', 'us-refused'],
  ['RCPT TO', 552, null, 'refused'],
  ['RCPT TO', 552, '5.2.2', 'refused'],
  ['DATA', 452, null, 'put-off'],
  ['DATA', 554, '5.6.0', 'refused'],
  ['DATA', 550, '5.7.1', 'refused'],
] as const) {
  test(`${status ?? 'silence'} ${enhanced ?? ''} to ${command ?? 'the connection'}: ${answer}`, () => {
    assert.equal(serverAnswer({ command, status, enhanced }), answer);
  });
}
