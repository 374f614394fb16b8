// Accepts a former authority of an institution, by its key and until a day, and switches one off. Asked for by two of
// the bank's staff, or done by whoever may run commands on the server.
import type { AuditEntry, AuditEvent } from '../audit/entry.ts';
import { type FormerAuthority, isAccepted, type RenewFrom } from '../banking/former-authority.ts';
import { endOfTokyoDay, parseTokyoDay } from '../banking/tokyo-calendar.ts';
import { checkFormerAuthority } from '../ca/former-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import {
  countNotMoved,
  endFormerAuthority,
  type FormerKey,
  findFormerAuthority,
  keepFormerAuthority,
  lockFormerAuthority,
} from '../store/former-authorities.ts';
import { listAllAuthorities, listInstitutions } from '../store/institutions.ts';
import { endSessionsOfIssuer } from '../store/sessions.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { isSameName } from '../x509/match-names.ts';
import { decodePemAll } from '../x509/pem.ts';
import { type ApprovedOrder, nameOf, recordedOf } from './actor.ts';
import { sha256 } from './certify.ts';
import { commonNameIn } from './former-certificate.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** What is recorded as who did it, where it was done on the server. */
const BY = 'koshin ca';

/** Counted no further: more than this is told as "at least". */
export const MOST_COUNTED = 100_000;

/** A former authority to be accepted. */
export type Acceptance = {
  readonly institution: string;
  /** DER of its certificate. */
  readonly certificate: Uint8Array;
  /** Last day on which its certificates are accepted, `2028-03-31`. */
  readonly untilDay: string;
  readonly renewFrom: RenewFrom;
};

/** What there is to see of a former authority's certificate before it is accepted. */
export type FormerSeen = {
  /** SHA-256 of its key. */
  readonly issuer: Uint8Array;
  readonly name: string;
  readonly parsed: Certificate;
};

/** The DER of the certificates in a file: PEM, of several perhaps, or DER. */
export function certificatesIn(file: Uint8Array): readonly Uint8Array[] {
  const text = Buffer.from(file).toString('latin1');
  if (!text.includes('-----BEGIN ')) return [file];
  const found = decodePemAll(text, 'CERTIFICATE');
  if (found.length > 0) return found;
  throw new Refusal('malformed', 'the file holds no certificate');
}

/** Reads a CA's certificate; refuses what can be no former authority. */
export function seeFormer(der: Uint8Array): FormerSeen {
  const parsed = parseCertificate(der);
  checkFormerAuthority(parsed);
  return { issuer: sha256(parsed.subjectPublicKeyInfo.der), name: commonNameIn(parsed), parsed };
}

/** Refuses (`invalid-input`) what could not be accepted now. */
export async function checkAcceptance(
  { institution, certificate, untilDay }: Acceptance,
  now: Date,
  db: Db,
): Promise<FormerSeen> {
  const seen = seeFormer(certificate);
  const { parsed, issuer } = seen;
  const until = endOfTokyoDay(parseTokyoDay(untilDay));
  if (until <= now) throw invalid('the last day is one to come');
  if (until > parsed.notAfter) throw invalid('this CA ends before that day');
  const bank = (await listInstitutions(db)).find(({ code }) => code === institution);
  if (bank?.kind !== 'bank') throw invalid(`there is no bank ${institution}`);
  for (const own of await listAllAuthorities(db)) {
    const ours = parseCertificate(own.certificate);
    const isOurs = Buffer.from(sha256(ours.subjectPublicKeyInfo.der)).equals(issuer);
    if (isOurs) throw invalid('this is a CA of this installation');
    if (isSameName(ours.subject, parsed.subject)) {
      throw invalid('a CA of this installation has the same name');
    }
  }
  const before = await findFormerAuthority({ institution, issuer }, db);
  if (before !== undefined && isAccepted(before, now)) {
    throw invalid('this CA is accepted already');
  }
  return seen;
}

/** Accepts it, in one transaction with its audit entry; refuses as `checkAcceptance` does. */
export async function acceptFormerAuthority(
  acceptance: Acceptance & { readonly by?: ApprovedOrder },
  needs: Needs,
): Promise<FormerSeen> {
  const { institution, certificate, untilDay, renewFrom, by } = acceptance;
  const at = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const seen = await checkAcceptance(acceptance, at, tx);
    const { issuer, name } = seen;
    const until = endOfTokyoDay(parseTokyoDay(untilDay));
    await keepFormerAuthority({ institution, issuer, certificate, renewFrom, until, at }, tx);
    const detail = { name, key: hexOf(issuer), expiresAt: until.toISOString(), renewFrom };
    await record({ event: 'former-authority-accepted', institution, at, detail, by }, tx);
    return seen;
  });
}

/** A former authority that is accepted, and how many people would lose what they log in with. */
export type SwitchingOff = { readonly former: FormerAuthority; readonly notMoved: number };

/** Refuses (`invalid-input`) what is not accepted now. */
export async function checkSwitchOff(key: FormerKey, now: Date, db: Db): Promise<SwitchingOff> {
  const former = await findFormerAuthority(key, db);
  if (former === undefined || former.endedAt !== null) {
    throw invalid('there is no such former CA, or it is switched off');
  }
  const notMoved = await countNotMoved({ ...key, now, atMost: MOST_COUNTED }, db);
  return { former, notMoved };
}

/** Switches it off at once; what its certificates have opened ends. Returns who had not moved. */
export async function switchOffFormerAuthority(
  asked: FormerKey & { readonly by?: ApprovedOrder },
  needs: Needs,
): Promise<SwitchingOff> {
  const { institution, issuer, by } = asked;
  const key = { institution, issuer };
  const at = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    await lockFormerAuthority(key, tx);
    const off = await checkSwitchOff(key, at, tx);
    await endFormerAuthority(key, at, tx);
    await endSessionsOfIssuer(key, { reason: 'revoked', at }, tx);
    const name = commonNameIn(parseCertificate(off.former.certificate));
    const detail = { name, key: hexOf(issuer), count: off.notMoved };
    await record({ event: 'former-authority-ended', institution, at, detail, by }, tx);
    return off;
  });
}

async function record(
  done: Pick<AuditEntry, 'institution' | 'at' | 'detail'> & {
    readonly event: AuditEvent;
    readonly by: ApprovedOrder | undefined;
  },
  tx: Tx,
): Promise<void> {
  const { event, institution, at, detail, by } = done;
  const who = by === undefined ? BY : nameOf(by);
  const entry = { institution, at, event, detail: { ...detail, by: who } };
  await appendAudit(by === undefined ? [entry] : recordedOf([entry], by), tx);
}

/** A key's SHA-256 as it is shown and typed. */
export function hexOf(issuer: Uint8Array): string {
  return Buffer.from(issuer).toString('hex');
}

/** The same as octets; refuses (`invalid-input`) what has another form. */
export function issuerIn(text: string): Uint8Array {
  if (/^[0-9a-f]{64}$/i.test(text)) return Uint8Array.fromHex(text);
  throw invalid('a key is given by its SHA-256, 64 characters in hexadecimal');
}

function invalid(message: string): Refusal {
  return new Refusal('invalid-input', message);
}
