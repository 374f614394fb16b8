import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caExtensions, holder, issue } from '../../../test/sample-chain.ts';
import { CA, find, ROOT, USER } from '../../../test/sample-path.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import { certificatePoliciesExtension } from '../certificate-policies.ts';
import type { Extension } from '../extension.ts';
import {
  inhibitAnyPolicyExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
} from '../policy-constraints.ts';
import { ANY_POLICY, type PolicyInputs, type ValidPath } from './validate-path.ts';

const policies = (...oids: readonly string[]): Extension =>
  certificatePoliciesExtension(oids.map((policy) => ({ policy, qualifiers: [] })));
const explicit: PolicyInputs = { ...ANY_POLICY, mustBeExplicit: true };
const accepted = (...oids: readonly string[]): PolicyInputs => ({
  ...explicit,
  accepted: new Set(oids),
});
const map = (from: string, to: string): Extension =>
  policyMappingsExtension([{ issuerDomainPolicy: from, subjectDomainPolicy: to }]);
const requireAfter = (requireExplicitPolicy: number): Extension =>
  policyConstraintsExtension({ requireExplicitPolicy, inhibitPolicyMapping: undefined });
const noMappingAfter = (inhibitPolicyMapping: number): Extension =>
  policyConstraintsExtension({ requireExplicitPolicy: undefined, inhibitPolicyMapping });

type PolicyCase = {
  readonly name: string;
  readonly ca: readonly Extension[];
  readonly user: readonly Extension[];
  readonly inputs: PolicyInputs;
  readonly want: readonly string[] | 'refused';
};

const POLICY_CASES: readonly PolicyCase[] = [
  { name: 'none asked for, none there', ca: [], user: [], inputs: ANY_POLICY, want: [] },
  { name: 'one asked for, none there', ca: [], user: [], inputs: explicit, want: 'refused' },
  {
    name: 'one on the whole path',
    ca: [policies('2.999.1', '2.999.2')],
    user: [policies('2.999.2', '2.999.3')],
    inputs: explicit,
    want: ['2.999.2'],
  },
  {
    name: 'one that is not accepted',
    ca: [policies('2.999.1')],
    user: [policies('2.999.1')],
    inputs: accepted('2.999.2'),
    want: 'refused',
  },
  {
    name: 'anyPolicy above one',
    ca: [policies(OID.anyPolicy)],
    user: [policies('2.999.1')],
    inputs: accepted('2.999.1'),
    want: ['2.999.1'],
  },
  {
    name: 'anyPolicy on the whole path',
    ca: [policies(OID.anyPolicy)],
    user: [policies(OID.anyPolicy)],
    inputs: accepted('2.999.1', '2.999.2'),
    want: ['2.999.1', '2.999.2'],
  },
  {
    name: 'anyPolicy below a CA that inhibits it',
    ca: [policies('2.999.1'), inhibitAnyPolicyExtension(0)],
    user: [policies(OID.anyPolicy)],
    inputs: explicit,
    want: 'refused',
  },
  {
    name: 'a mapped one, told by the name of the first issuer',
    ca: [policies('2.999.1'), map('2.999.1', '2.999.9')],
    user: [policies('2.999.9')],
    inputs: accepted('2.999.1'),
    want: ['2.999.1'],
  },
  {
    name: 'a mapped one under its old name',
    ca: [policies('2.999.1'), map('2.999.1', '2.999.9')],
    user: [policies('2.999.1')],
    inputs: explicit,
    want: 'refused',
  },
  {
    name: 'one mapped out of anyPolicy',
    ca: [policies(OID.anyPolicy), map('2.999.1', '2.999.9')],
    user: [policies('2.999.9')],
    inputs: accepted('2.999.1'),
    want: ['2.999.1'],
  },
  {
    name: 'a mapped one where mapping is inhibited',
    ca: [policies('2.999.1'), map('2.999.1', '2.999.9')],
    user: [policies('2.999.9')],
    inputs: { ...explicit, isMappingInhibited: true },
    want: 'refused',
  },
  {
    name: 'a mapping to anyPolicy',
    ca: [policies('2.999.1'), map('2.999.1', OID.anyPolicy)],
    user: [policies('2.999.1')],
    inputs: ANY_POLICY,
    want: 'refused',
  },
  {
    name: 'a CA that asks for one on the rest of the path',
    ca: [requireAfter(0)],
    user: [],
    inputs: ANY_POLICY,
    want: 'refused',
  },
  {
    name: 'a target that asks for one itself',
    ca: [],
    user: [requireAfter(0)],
    inputs: ANY_POLICY,
    want: 'refused',
  },
  {
    name: 'a target that asks for one below it',
    ca: [],
    user: [requireAfter(1)],
    inputs: ANY_POLICY,
    want: [],
  },
];

for (const { name, ca, user, inputs, want } of POLICY_CASES) {
  test(`policies: ${name}`, () => {
    const authority = issue(ROOT, CA, { extensions: [...caExtensions(), ...ca] });
    const target = issue(CA, USER, { extensions: user });
    const go = (): ValidPath => find(target, [authority], { policies: inputs });
    if (want === 'refused') assert.throws(go, { code: 'invalid-path' });
    else assert.deepEqual([...go().policies].sort(), want);
  });
}

test('mapping is inhibited for the CAs below the one that says so', () => {
  const below = holder('Below');
  const one = issue(ROOT, CA, {
    extensions: [...caExtensions(), policies('2.999.1'), noMappingAfter(0)],
  });
  const two = issue(CA, below, {
    extensions: [...caExtensions(), policies('2.999.1'), map('2.999.1', '2.999.2')],
  });
  const target = issue(below, USER, { extensions: [policies('2.999.2')] });
  assert.throws(() => find(target, [one, two], { policies: explicit }), { code: 'invalid-path' });
});

test('many policies mapped onto many at every step take no time worth telling', () => {
  const oids = Array.from({ length: 30 }, (_, i) => `2.999.${i}`);
  const everyToEvery = policyMappingsExtension(
    oids.flatMap((issuerDomainPolicy) =>
      oids.map((subjectDomainPolicy) => ({ issuerDomainPolicy, subjectDomainPolicy })),
    ),
  );
  const holders = Array.from({ length: 14 }, (_, i) => holder(`Mapper ${i}`));
  const extensions = [...caExtensions(), policies(...oids), everyToEvery];
  const chain = holders.map((subject, i) => issue(holders[i - 1] ?? ROOT, subject, { extensions }));
  const target = issue(holders.at(-1) ?? CA, USER, { extensions: [policies(...oids)] });
  const started = performance.now();
  assert.equal(find(target, chain, { policies: explicit }).policies.size, oids.length);
  assert.ok(performance.now() - started < 1000);
});
