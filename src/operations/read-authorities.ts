// What the bank's staff read of an institution's authorities: its own, and former ones with who has not moved on from
// them. Nothing is changed.
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { type AfterNotMoved, listNotMoved, type NotMoved } from '../store/former-authorities.ts';
import { listAuthorities } from '../store/institutions.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { authoriseReader } from './authorise-staff.ts';
import { checkSwitchOff, hexOf, issuerIn } from './former-authority.ts';
import { commonNameIn } from './former-certificate.ts';
import { type FormerStanding, listFormers } from './list-formers.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** A CA of the institution's own. */
export type OwnAuthority = {
  readonly purpose: 'root' | 'issuing';
  readonly name: string;
  /** SHA-256 of its key. */
  readonly key: string;
  readonly endsAt: Date;
};

/** All of them. */
export type AuthoritiesRead = {
  readonly own: readonly OwnAuthority[];
  readonly formers: readonly FormerStanding[];
};

type Needs = { readonly db: Db; readonly clock: Clock };
type Asked = { readonly user: AuthenticatedUser; readonly institution: string };

/** Reads them; refuses `not-in-role`. */
export async function readAuthorities(
  { user, institution }: Asked,
  needs: Needs,
): Promise<AuthoritiesRead> {
  await authoriseReader({ user, action: 'read-authorities', institution }, needs.db);
  const [own, formers] = await Promise.all([
    listAuthorities(institution, needs.db),
    listFormers(institution, needs),
  ]);
  return { own: own.map(ownAuthority), formers };
}

/** A former authority, and some of those who have not moved on from it. */
export type FormerRead = {
  readonly former: FormerStanding;
  readonly people: readonly NotMoved[];
  readonly more: boolean;
};

const AT_ONCE = 100;

/** Reads one with those after a place in the list; refuses `not-in-role` and `not-found`. */
export async function readFormer(
  asked: Asked & { readonly key: string; readonly after: AfterNotMoved | undefined },
  needs: Needs,
): Promise<FormerRead> {
  const { user, institution, key, after } = asked;
  await authoriseReader({ user, action: 'read-authorities', institution }, needs.db);
  const formers = await listFormers(institution, needs);
  const former = formers.find(({ issuer }) => hexOf(issuer) === key);
  if (former === undefined) throw new Refusal('not-found', 'no such former CA');
  const { issuer } = former;
  const now = needs.clock.now();
  const found = await listNotMoved(
    { institution, issuer, now, after, atMost: AT_ONCE + 1 },
    needs.db,
  );
  return { former, people: found.slice(0, AT_ONCE), more: found.length > AT_ONCE };
}

/** What switching one off would mean now; refuses `not-in-role`, and `invalid-input` what is not accepted. */
export async function readSwitchOff(
  { user, institution, key }: Asked & { readonly key: string },
  { db, clock }: Needs,
): Promise<{ readonly name: string; readonly notMoved: number }> {
  await authoriseReader({ user, action: 'request-end-former-authority', institution }, db);
  const issuer = issuerIn(key);
  const { former, notMoved } = await checkSwitchOff({ institution, issuer }, clock.now(), db);
  return { name: commonNameIn(parseCertificate(former.certificate)), notMoved };
}

function ownAuthority({
  purpose,
  issuer,
  certificate,
}: Awaited<ReturnType<typeof listAuthorities>>[number]): OwnAuthority {
  const parsed = parseCertificate(certificate);
  return { purpose, name: commonNameIn(parsed), key: hexOf(issuer), endsAt: parsed.notAfter };
}
