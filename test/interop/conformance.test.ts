// The outside corpora, where they lie beside the project; elsewhere each is skipped by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CORPORA, corpusFolder, runCorpus } from '../conformance/corpora.ts';

/** What is not supported: PKITS cases with DSA keys, and a string of strings 200 deep. */
const UNSUPPORTED: Readonly<Record<string, readonly string[]>> = {
  pkits: [
    '4.1.4 Section1ValidDSASignaturesTest4',
    '4.1.5 Section1ValidDSAParameterInheritanceTest5',
    '4.1.6 Section1InvalidDSASignatureTest6',
  ],
  pkcs12: ['empty_password_ber_nested.p12'],
};

for (const name of Object.keys(CORPORA)) {
  const folder = corpusFolder(name);
  const skip = folder === undefined ? `the corpus ${name} is not here` : false;
  test(`every case of ${name} ends as its README expects`, { skip }, async () => {
    const results = await runCorpus(name, folder ?? '');
    const otherwise = results.filter(({ outcome }) => outcome === 'failed');
    assert.deepEqual(otherwise, []);
    const unsupported = results.filter(({ outcome }) => outcome === 'unsupported');
    const expected = UNSUPPORTED[name] ?? [];
    assert.deepEqual(
      unsupported.map((result) => result.name),
      expected,
    );
  });
}
