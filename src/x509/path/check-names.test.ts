import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caExtensions, holder, issue, nameOf } from '../../../test/sample-chain.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import type { Certificate } from '../certificate.ts';
import { subjectAltNameExtension } from '../extensions.ts';
import type { GeneralName } from '../general-name.ts';
import { makeName } from '../name.ts';
import { checkNames } from './check-names.ts';

const dns = (host: string): GeneralName => ({ kind: 'dns', host });
const email = (address: string): GeneralName => ({ kind: 'email', address });
const uri = (text: string): GeneralName => ({ kind: 'uri', uri: text });
const ip = (...octets: readonly number[]): GeneralName => ({
  kind: 'ip',
  address: Uint8Array.from(octets),
});
const directory = (commonName: string): GeneralName => ({
  kind: 'directory',
  name: nameOf(commonName),
});
const other: GeneralName = { kind: 'other', type: '2.999.1', value: Uint8Array.of(5, 0) };
const registered: GeneralName = { kind: 'registered', id: '2.999.1' };

const ISSUER = holder('CA');

function certificateOf(names: readonly GeneralName[]): Certificate {
  return issue(ISSUER, holder('User'), {
    extensions: names.length === 0 ? [] : [subjectAltNameExtension(names)],
  });
}

/** Where the name is: within the base, outside, or such that it cannot be told. */
type Place = 'within' | 'outside' | 'unknown';

const PLACES: readonly { name: GeneralName; base: GeneralName; place: Place }[] = [
  { name: dns('example.jp'), base: dns('example.jp'), place: 'within' },
  { name: dns('WWW.Example.JP'), base: dns('example.jp'), place: 'within' },
  { name: dns('www.example.jp.'), base: dns('example.jp'), place: 'within' },
  { name: dns('www.example.jp'), base: dns('.example.jp'), place: 'within' },
  { name: dns('example.jp'), base: dns('.example.jp'), place: 'outside' },
  { name: dns('badexample.jp'), base: dns('example.jp'), place: 'outside' },
  { name: dns('example.jp.evil.com'), base: dns('example.jp'), place: 'outside' },
  { name: dns('anything.at.all'), base: dns(''), place: 'within' },
  { name: dns('*.example.jp'), base: dns('example.jp'), place: 'within' },
  { name: email('suzuki@example.jp'), base: email('suzuki@example.jp'), place: 'within' },
  { name: email('suzuki@EXAMPLE.jp'), base: email('suzuki@example.jp'), place: 'within' },
  { name: email('Suzuki@example.jp'), base: email('suzuki@example.jp'), place: 'outside' },
  { name: email('suzuki@example.jp'), base: email('example.jp'), place: 'within' },
  { name: email('suzuki@www.example.jp'), base: email('example.jp'), place: 'outside' },
  { name: email('suzuki@www.example.jp'), base: email('.example.jp'), place: 'within' },
  { name: email('suzuki@example.jp'), base: email('.example.jp'), place: 'outside' },
  { name: email('"a@b"@example.jp'), base: email('example.jp'), place: 'within' },
  { name: email('example.jp'), base: email('example.jp'), place: 'unknown' },
  { name: uri('https://www.example.jp/a'), base: uri('www.example.jp'), place: 'within' },
  { name: uri('https://a@www.example.jp:443/a'), base: uri('www.example.jp'), place: 'within' },
  { name: uri('https://www.example.jp?x'), base: uri('.example.jp'), place: 'within' },
  { name: uri('https://example.jp'), base: uri('.example.jp'), place: 'outside' },
  { name: uri('https://evil.com/@www.example.jp'), base: uri('www.example.jp'), place: 'outside' },
  { name: uri('https://evil.com#www.example.jp'), base: uri('www.example.jp'), place: 'outside' },
  { name: uri('https://192.0.2.1/'), base: uri('www.example.jp'), place: 'unknown' },
  { name: uri('https://[2001:db8::1]/'), base: uri('www.example.jp'), place: 'unknown' },
  { name: uri('urn:example:jp'), base: uri('www.example.jp'), place: 'unknown' },
  { name: dns('www.example.jp'), base: dns('.'), place: 'unknown' },
  { name: dns('www.example.jp'), base: dns('*.example.jp'), place: 'unknown' },
  { name: dns('w*.example.jp'), base: dns('example.jp'), place: 'unknown' },
  { name: dns('www..example.jp'), base: dns('example.jp'), place: 'unknown' },
  { name: dns('a b.example.jp'), base: dns('example.jp'), place: 'unknown' },
  { name: email('suzuki@example.jp'), base: email(''), place: 'unknown' },
  { name: email('suzuki@example.jp'), base: email('.'), place: 'unknown' },
  { name: email('suzuki@example.jp'), base: email('@example.jp'), place: 'unknown' },
  { name: email('suzuki@example.jp'), base: email('suzuki@'), place: 'unknown' },
  { name: email('suzuki@[192.0.2.1]'), base: email('example.jp'), place: 'unknown' },
  { name: email('"suzuki"@example.jp'), base: email('suzuki@example.jp'), place: 'unknown' },
  { name: uri('https://www.example.jp/'), base: uri(''), place: 'unknown' },
  { name: uri('https://www.example.jp/'), base: uri('.'), place: 'unknown' },
  { name: uri('https://www.example.jp/'), base: uri('https://www.example.jp'), place: 'unknown' },
  { name: uri('https://%77ww.example.jp/'), base: uri('www.example.jp'), place: 'unknown' },
  { name: uri('https://evil.com\\@www.example.jp/'), base: uri('.example.jp'), place: 'unknown' },
  { name: uri('https://www.example.jp\\.evil.com/'), base: uri('.evil.com'), place: 'unknown' },
  { name: uri('https://a\tb@www.example.jp/'), base: uri('.example.jp'), place: 'unknown' },
  { name: uri('https:///www.example.jp/'), base: uri('www.example.jp'), place: 'unknown' },
  { name: uri('https://127.1/'), base: uri('www.example.jp'), place: 'unknown' },
  { name: uri('https://0x7f000001/'), base: uri('www.example.jp'), place: 'unknown' },
  { name: ip(192, 0, 2, 9), base: ip(192, 0, 2, 0, 255, 255, 255, 0), place: 'within' },
  { name: ip(192, 0, 3, 9), base: ip(192, 0, 2, 0, 255, 255, 255, 0), place: 'outside' },
  { name: ip(192, 0, 2, 9), base: ip(...new Uint8Array(32)), place: 'outside' },
  { name: directory('A'), base: { kind: 'directory', name: makeName([]) }, place: 'within' },
  { name: directory('A'), base: directory('a'), place: 'within' },
  { name: directory('A'), base: directory('B'), place: 'outside' },
  { name: other, base: other, place: 'unknown' },
  { name: registered, base: registered, place: 'unknown' },
];

for (const { name, base, place } of PLACES) {
  test(`${shown(name)} is ${place === 'unknown' ? 'not comparable with' : place} ${shown(base)}`, () => {
    const certificate = certificateOf([name]);
    const permitted = (): void =>
      checkNames(certificate, [{ permitted: [base], excluded: undefined }]);
    const excluded = (): void =>
      checkNames(certificate, [{ permitted: undefined, excluded: [base] }]);
    // The subject is a name of the kind directory too.
    if (place === 'within' && name.kind !== 'directory') permitted();
    if (place !== 'within') assert.throws(permitted, { code: 'invalid-path' });
    if (place !== 'outside') assert.throws(excluded, { code: 'invalid-path' });
    else excluded();
  });
}

test('a wildcard is excluded by a host that it could stand for, and permitted only as a whole', () => {
  const certificate = certificateOf([dns('*.example.jp')]);
  const host = [dns('www.example.jp')];
  for (const constraint of [
    { permitted: undefined, excluded: host },
    { permitted: host, excluded: undefined },
  ]) {
    assert.throws(() => checkNames(certificate, [constraint]), { code: 'invalid-path' });
  }
});

test('a base that cannot be processed is not hidden by one that can', () => {
  const certificate = certificateOf([email('suzuki@example.jp')]);
  const constraint = { permitted: [email('example.jp'), email('.')], excluded: undefined };
  assert.throws(() => checkNames(certificate, [constraint]), { code: 'invalid-path' });
});

test('names of a kind that no constraint names are free', () => {
  const certificate = certificateOf([dns('example.jp'), ip(1, 2, 3, 4)]);
  checkNames(certificate, [{ permitted: [email('example.jp')], excluded: [uri('example.jp')] }]);
});

test('every CA above narrows what is permitted', () => {
  const certificate = certificateOf([dns('a.example.jp')]);
  const wide = { permitted: [dns('example.jp')], excluded: undefined };
  const narrow = { permitted: [dns('b.example.jp')], excluded: undefined };
  checkNames(certificate, [wide, wide]);
  assert.throws(() => checkNames(certificate, [wide, narrow]), { code: 'invalid-path' });
});

test('a mail address in the subject counts where there is no subjectAltName', () => {
  const name = makeName([{ type: OID.emailAddress, value: 'suzuki@example.com' }]);
  const { key } = holder('x');
  const constraint = { permitted: [email('example.jp')], excluded: undefined };
  const bare = issue(ISSUER, { name, key }, { extensions: caExtensions() });
  assert.throws(() => checkNames(bare, [constraint]), { code: 'invalid-path' });
  const named = issue(
    ISSUER,
    { name, key },
    { extensions: [subjectAltNameExtension([dns('a.jp')])] },
  );
  checkNames(named, [constraint]);
});

test('more names and constraints than can be compared in a moment are refused', () => {
  const names = Array.from({ length: 1000 }, (_, i) => dns(`${i}.jp`));
  const started = performance.now();
  assert.throws(() => checkNames(certificateOf(names), [{ permitted: names, excluded: names }]), {
    code: 'invalid-path',
  });
  assert.ok(performance.now() - started < 500);
});

function shown(name: GeneralName): string {
  switch (name.kind) {
    case 'dns':
      return name.host === '' ? 'the empty host' : name.host;
    case 'email':
      return name.address === '' ? 'the empty address' : name.address;
    case 'uri':
      return name.uri === '' ? 'the empty URI' : name.uri;
    case 'ip':
      return name.address.length > 16 ? 'ipv6 subnet' : name.address.join('.');
    case 'directory':
      return `directory name ${name.name.der.toHex()}`;
    case 'other':
    case 'registered':
    case 'obsolete':
      return `a name of kind ${name.kind}`;
  }
}
