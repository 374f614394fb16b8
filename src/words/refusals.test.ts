import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HELP_TOPICS, NO_CERTIFICATE_CAUSES } from './help.ts';
import { IMPORT_GUIDES, systemOf } from './import-guides.ts';
import { phrasesOf } from './phrases.ts';
import { REFUSALS } from './refusals.ts';
import { PROOF_FAILURES } from './renewal.ts';

test('both languages say the same number of things of every refusal', () => {
  for (const [kind, { title, reason, steps }] of Object.entries(REFUSALS)) {
    assert.ok(title.ja.length > 0 && title.en.length > 0, kind);
    assert.ok(reason.ja.length > 0, kind);
    assert.equal(reason.ja.length, reason.en.length, kind);
    assert.equal(steps.ja.length, steps.en.length, kind);
  }
});

test('both languages have the same import steps and help paragraphs', () => {
  for (const { steps } of Object.values(IMPORT_GUIDES)) {
    assert.equal(steps.ja.length, steps.en.length);
  }
  for (const { anchor, paragraphs } of [...HELP_TOPICS, ...NO_CERTIFICATE_CAUSES]) {
    assert.equal(paragraphs.ja.length, paragraphs.en.length, anchor);
  }
});

test('expiry comes first where no certificate was shown, and in the help', () => {
  assert.equal(NO_CERTIFICATE_CAUSES[0]?.anchor, 'expired');
  assert.equal(HELP_TOPICS[0]?.anchor, 'expired');
});

const AGENTS = [
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36',
    'windows',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0', 'firefox'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15', 'macos'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36', 'linux'],
  ['', 'windows'],
] as const;

for (const [agent, system] of AGENTS) {
  test(`the guide for ${system} is first for "${agent}"`, () => {
    assert.equal(systemOf(agent), system);
  });
}

// At 360 pixels a heading's line holds eleven characters; a longer phrase would be torn apart.
for (const [kind, { title }] of Object.entries({ ...REFUSALS, ...PROOF_FAILURES })) {
  test(`the heading of ${kind} breaks between phrases on a phone`, () => {
    assert.deepEqual(
      phrasesOf(title.ja).filter((phrase) => phrase.length > 11),
      [],
    );
  });
}
