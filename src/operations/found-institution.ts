// Founds an institution: its root and issuing CA, its record and its policy; the staff house with its contract.
// Run by `koshin init` and the sample, not by the running server.
import type { Institution } from '../banking/institution.ts';
import type { Policy } from '../banking/policy.ts';
import { STAFF_CONTRACT } from '../banking/staff.ts';
import { type AuthorityOrder, authorityName } from '../ca/authority-profile.ts';
import type { Issuer } from '../ca/issuer.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Secrets } from '../keys/secrets.ts';
import { type AuthorityKey, createAuthorityKey } from '../keys/software-key.ts';
import { appendAudit } from '../store/audit-log.ts';
import { insertContract } from '../store/contracts.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import {
  insertAuthority,
  insertInstitution,
  listAllAuthorities,
  listInstitutions,
  lockFounding,
} from '../store/institutions.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { isSameName } from '../x509/match-names.ts';
import type { Name } from '../x509/name.ts';
import { certifyAuthority } from './certify.ts';
import { freshSerialNumber } from './fresh-serial-number.ts';
import { issuerOf } from './load-bank.ts';

/** What founding needs to know. */
export type Founding = {
  readonly institution: Institution;
  readonly policy: Policy;
  /** Common names of the two CAs. */
  readonly rootName: string;
  readonly issuingName: string;
  /** Equal issuer names exist only in tests; anywhere else they are refused. */
  readonly equalNames: 'refused' | 'for-tests';
  /** Throws where the institutions, this one the last of them, could not be served together. */
  readonly checkTogether: (institutions: readonly Institution[]) => void;
};

type Needs = {
  readonly db: Db;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly keysFolder: string;
};

const HOUR_MS = 60 * 60 * 1000;
const YEAR_MS = 365.25 * 24 * HOUR_MS;
const ROOT_YEARS = 20;
const ISSUING_YEARS = 10;

/** Makes the keys and certificates of an institution's CAs and records it all in one transaction. */
export async function foundInstitution(founding: Founding, needs: Needs): Promise<void> {
  const { institution, policy } = founding;
  const rootName = authorityName(institution.name, founding.rootName);
  const issuingName = authorityName(institution.name, founding.issuingName);
  const names = { root: rootName, issuing: issuingName };
  // Before a key is made for it; and again once nobody else can found one at the same time.
  await checkFits(founding, names, needs.db);
  const at = needs.clock.now();
  const root = await makeRoot(rootName, at, founding, needs);
  const issuingKey = await createAuthorityKey(needs.keysFolder, 'P-256', needs.secrets);
  const issuingOrder = orderOf(issuingName, issuingKey, { at, years: ISSUING_YEARS });
  const institutionName = institution.name;
  const issuing = certifyAuthority(issuingOrder, { kind: 'issuing', institutionName }, root);
  await inTransaction(needs.db, async (tx) => {
    await lockFounding(tx);
    await checkFits(founding, names, tx);
    await insertInstitution({ institution, policy, at }, tx);
    for (const authority of [
      { purpose: 'root', issuer: root.key.issuer, certificate: root.certificate },
      { purpose: 'issuing', issuer: issuingKey.issuer, certificate: issuing },
    ] as const) {
      await insertAuthority({ institution: institution.code, authority, at }, tx);
    }
    if (institution.kind === 'staff') await insertStaffContract(institution, at, tx);
    await appendAudit(
      [
        {
          institution: institution.code,
          at,
          event: 'institution-founded',
          detail: {
            name: institution.name,
            root: founding.rootName,
            issuing: founding.issuingName,
            kind: institution.kind,
          },
        },
      ],
      tx,
    );
  });
}

/** All of the staff are of one contract, so that the house is an institution as any other. */
async function insertStaffContract({ code, name }: Institution, at: Date, tx: Tx): Promise<void> {
  await insertContract({ institution: code, contract: STAFF_CONTRACT, name, at }, tx);
}

async function makeRoot(
  name: Name,
  at: Date,
  founding: Founding,
  needs: Needs,
): Promise<{ issuer: Issuer; key: AuthorityKey; certificate: Uint8Array }> {
  const key = await createAuthorityKey(needs.keysFolder, 'P-384', needs.secrets);
  const order = orderOf(name, key, { at, years: ROOT_YEARS });
  const { notAfter } = order;
  const issuer = issuerOf({ name, key, notAfter, institution: founding.institution });
  const made = { kind: 'root', institutionName: founding.institution.name } as const;
  const certificate = certifyAuthority(order, made, { issuer, key });
  return { issuer, key, certificate };
}

function orderOf(
  subject: Name,
  key: AuthorityKey,
  life: { readonly at: Date; readonly years: number },
): AuthorityOrder {
  return {
    subject,
    spkiDer: key.spkiDer,
    keyIdentifier: key.issuer,
    serialNumber: freshSerialNumber(),
    notBefore: wholeSecond(life.at.getTime() - HOUR_MS),
    notAfter: wholeSecond(life.at.getTime() + life.years * YEAR_MS),
  };
}

function wholeSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000);
}

type AuthorityNames = { readonly root: Name; readonly issuing: Name };

async function checkFits(founding: Founding, names: AuthorityNames, db: Db): Promise<void> {
  const { institution, equalNames, checkTogether } = founding;
  const others = await listInstitutions(db);
  if (others.some(({ code }) => code === institution.code)) {
    throw new Refusal('invalid-input', `code: there is an institution ${institution.code} already`);
  }
  if (institution.kind === 'staff' && others.some(({ kind }) => kind === 'staff')) {
    throw new Refusal('invalid-input', 'kind: there is a staff house already');
  }
  checkTogether([...others, institution]);
  if (isSameName(names.root, names.issuing)) {
    throw new Refusal('invalid-input', 'rootName and issuingName are the same');
  }
  if (equalNames === 'refused') await checkNamesAreNew(names, db);
}

async function checkNamesAreNew({ root, issuing }: AuthorityNames, db: Db): Promise<void> {
  for (const { certificate } of await listAllAuthorities(db)) {
    const { subject } = parseCertificate(certificate);
    for (const [field, name] of [
      ['rootName', root],
      ['issuingName', issuing],
    ] as const) {
      if (!isSameName(name, subject)) continue;
      throw new Refusal('invalid-input', `${field}: another CA of this installation has that name`);
    }
  }
}
