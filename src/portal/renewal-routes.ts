// 更新: the page that makes the key, the request it sends, and 取得し直す. The proof has its own file.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayBeInFile, mayBeOnDevice } from '../banking/key-homes.ts';
import type { KeyKind, Policy } from '../banking/policy.ts';
import { endMonthOf } from '../banking/subject-name.ts';
import type { KeyHome, UserCertificate } from '../banking/user-certificate.ts';
import { fileNameOf, friendlyNameOf } from '../cms/file-names.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import type { ShownCertificate } from '../frame/certificate-name.ts';
import {
  accountOf,
  checkScriptMayChange,
  userFormToken,
  userOf,
} from '../frame/members-session.ts';
import { bankOf, frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { elementOf, WITH_SCRIPT } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import { issuerNameOf } from '../operations/bank.ts';
import { touchOf } from '../operations/freshness.ts';
import {
  type IssuedCertificate,
  renewCertificate,
  type UnprovenSuccessor,
} from '../operations/issue-certificate.ts';
import { type RenewalStanding, readRenewal } from '../operations/read-renewal.ts';
import { readRequest } from '../operations/read-request.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import { until } from '../words/dates.ts';
import { systemOf } from '../words/import-guides.ts';
import type { VerifiedCsr } from '../x509/certification-request.ts';
import { outsideWindowPage } from './pages/outside-window-page.ts';
import { renewalPage } from './pages/renewal-page.ts';
import { renewalPendingPage } from './pages/renewal-pending-page.ts';
import type { ProofForm } from './proof-form.ts';
import type { NewKey } from './renewal-progress.ts';

/** What the page makes of each kind of key. */
export const NEW_KEYS: Readonly<Record<KeyKind, NewKey>> = {
  'rsa-2048': { kind: 'RSA', bits: 2048 },
  'rsa-3072': { kind: 'RSA', bits: 3072 },
  'rsa-4096': { kind: 'RSA', bits: 4096 },
  'p-256': { kind: 'EC', curve: 'P-256' },
  'p-384': { kind: 'EC', curve: 'P-384' },
};

/** Adds the routes of the renewal's page and request. */
export function registerRenewalRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(MEMBER_PATHS.renewal, WITH_SCRIPT, async (request, reply) => {
    const user = await userOf(request, needs);
    const standing = await readRenewal(user, bankOf(request, needs), needs);
    await showRenewal({ request, reply, user, standing, scripts }, needs);
  });
  face.get(MEMBER_PATHS.renewalAgain, WITH_SCRIPT, async (request, reply) => {
    const user = await userOf(request, needs);
    const standing = await readRenewal(user, bankOf(request, needs), needs);
    if (standing.kind !== 'waiting') return await reply.redirect(MEMBER_PATHS.renewal, 303);
    await showStart({ request, reply, user, standing, scripts }, needs);
  });
  face.post(MEMBER_PATHS.renewal, async (request, reply) => {
    const user = await userOf(request, needs);
    checkScriptMayChange(request, user, needs);
    await reply.send(await renew(request, user, needs));
  });
}

type Showing = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly user: AuthenticatedUser;
  readonly standing: RenewalStanding;
  readonly scripts: BrowserScripts;
};

async function showRenewal(showing: Showing, needs: PageNeeds): Promise<void> {
  const { request, reply, user, standing } = showing;
  const frame = frameOf(request, needs);
  const account = accountOf(user, needs);
  switch (standing.kind) {
    case 'outside-window': {
      const certificate = shownAs(user.certificate, request, needs);
      const { opensAt } = standing;
      return await sendPage(outsideWindowPage({ account, certificate, opensAt }, frame), reply);
    }
    case 'waiting': {
      const successor = shownAs(standing.successor, request, needs);
      const proof = newProofForm(user, needs);
      const formToken = userFormToken(user, needs);
      const script = elementOf(showing.scripts.pending);
      return await sendPage(
        renewalPendingPage({ account, successor, proof, script, formToken }, frame),
        reply,
      );
    }
    case 'open':
      return await showStart({ ...showing, standing }, needs);
  }
}

async function showStart(
  showing: Showing & {
    readonly standing: Exclude<RenewalStanding, { readonly kind: 'outside-window' }>;
  },
  needs: PageNeeds,
): Promise<void> {
  const { request, reply, user, standing, scripts } = showing;
  const replaces = standing.kind === 'waiting' ? shownAs(standing.successor, request, needs) : null;
  const view = {
    account: accountOf(user, needs),
    current: shownAs(user.certificate, request, needs),
    successorEndsAt: standing.successorEndsAt,
    replaces,
    homes: homesOffered(standing.policy),
    key: NEW_KEYS[standing.policy.keyKinds[0]],
    system: systemOf(request.headers['user-agent'] ?? ''),
    formToken: userFormToken(user, needs),
    proof: newProofForm(user, needs),
    script: elementOf(scripts.renewal),
  };
  await sendPage(renewalPage(view, frameOf(request, needs)), reply);
}

/** The certificate is recorded before it is sent. */
async function renew(request: FastifyRequest, user: AuthenticatedUser, needs: PageNeeds) {
  const form = formOf(request);
  const bank = bankOf(request, needs);
  const issued = await renewCertificate(
    {
      current: user.certificate,
      policy: user.policy,
      waiting: user.waiting,
      key: keyIn(form['request'] ?? ''),
      unproven: unprovenIn(form['unproven']),
      touch: touchOf(user.session),
    },
    bank,
    needs,
  );
  return deliveryOf(issued, request, needs);
}

/** What the page needs of a certificate just issued to make the person's files. */
export function deliveryOf(
  { certificate, der }: IssuedCertificate,
  request: FastifyRequest,
  needs: PageNeeds,
) {
  const bank = bankOf(request, needs);
  const { language, institution } = frameOf(request, needs);
  const naming = {
    institution: institution.name,
    user: certificate.identity.user,
    end: endMonthOf(certificate.notAfter),
  };
  return {
    certificate: base64(der),
    chain: [base64(bank.issuingCertificate)],
    name: certificate.commonName,
    ends: until(certificate.notAfter, language),
    friendlyName: friendlyNameOf(naming),
    fileName: fileNameOf(naming),
  };
}

/** The form of 確認 as it begins, on this host; the token is made when it is sent. */
function newProofForm(user: AuthenticatedUser, needs: PageNeeds): ProofForm {
  return {
    action: MEMBER_PATHS.renewalConfirm,
    token: '',
    formToken: userFormToken(user, needs),
  };
}

/** How pages name a certificate of ours. */
export function shownAs(
  certificate: UserCertificate,
  request: FastifyRequest,
  needs: PageNeeds,
): ShownCertificate {
  return {
    name: certificate.commonName,
    issuer: issuerNameOf(bankOf(request, needs), certificate.issuer),
    endsAt: certificate.notAfter,
    home: certificate.home,
  };
}

/** The device first; which of them stands chosen is the browser's to say. */
export function homesOffered(policy: Policy): readonly KeyHome[] {
  const onDevice: readonly KeyHome[] = mayBeOnDevice(policy) ? ['device'] : [];
  return mayBeInFile(policy) ? [...onDevice, 'file'] : onDevice;
}

/** The key of a certification request in base64. */
export function keyIn(text: string): VerifiedCsr {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new Refusal('malformed', 'request is not base64');
  return readRequest(new Uint8Array(Buffer.from(text, 'base64')));
}

/** What the form says is to become of a successor that waits. */
export function unprovenIn(text: string | undefined): UnprovenSuccessor {
  if (text === 'keep' || text === 'replace') return text;
  throw new Refusal('invalid-input', 'unproven is keep or replace');
}

function base64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64');
}
