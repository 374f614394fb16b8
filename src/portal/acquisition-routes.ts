// 電子証明書取得 on the public host: who it is, then the certificate over a key of the page or of the device.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../banking/identity.ts';
import { isWithin } from '../banking/institution.ts';
import { firstEnd } from '../banking/renewal.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { bankOf, frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { PUBLIC_PATHS } from '../frame/paths.ts';
import { elementOf } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import { acquireCertificate, ticketed } from '../operations/acquire-certificate.ts';
import { beginDeviceAcquisition, passkeyOfTicket } from '../operations/acquire-on-device.ts';
import { type BegunAcquisition, beginAcquisition } from '../operations/begin-acquisition.ts';
import { systemOf } from '../words/import-guides.ts';
import { AcquisitionAttempts } from './acquisition-attempts.ts';
import { ACQUIRE_FIELDS } from './pages/acquire-fields.ts';
import { ACQUIRE_KEY_FIELDS, acquireKeyPage } from './pages/acquire-key-page.ts';
import { acquirePage } from './pages/acquire-page.ts';
import { passkeySiteOf, registrationIn } from './passkey-forms.ts';
import { TAKES_PIN, WITH_SCRIPT_AND_PIN } from './pin-step.ts';
import { REFUSAL_STATUSES } from './refusal-statuses.ts';
import { deliveryOf, homesOffered, keyIn, NEW_KEYS, unprovenIn } from './renewal-routes.ts';

const LIMITS = {
  address: { capacity: 20, perMinute: 10, maxKeys: 100_000 },
  user: { capacity: 10, perMinute: 1, maxKeys: 100_000 },
  // More than one address can use up.
  contract: { capacity: 100, perMinute: 30, maxKeys: 100_000 },
} as const;

/** Adds the routes. */
export function registerAcquisitionRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  const attempts = new AcquisitionAttempts(LIMITS);
  face.get(PUBLIC_PATHS.acquire, async (request, reply) => {
    const view = { entered: { contract: '', user: '' }, inquiryNumber: null };
    await sendPage(acquirePage(view, frameOf(request, needs)), reply);
  });
  face.post(PUBLIC_PATHS.acquire, WITH_SCRIPT_AND_PIN, async (request, reply) => {
    attempts.check(request, idsIn(request));
    const begun = await begin(request, reply, needs);
    if (begun === undefined) return;
    const script = elementOf(scripts.acquire);
    const page = acquireKeyPage(
      { ...keyView(begun, request, needs), script },
      frameOf(request, needs),
    );
    await sendPage(page, reply);
  });
  face.post(PUBLIC_PATHS.acquireCertificate, TAKES_PIN, async (request, reply) => {
    attempts.checkAddress(request);
    // Before anything is computed for a stranger.
    await ticketed(ticketIn(request), request.site.institution, needs.db);
    const key = keyIn(formOf(request)['request'] ?? '');
    const issued = await acquireCertificate(askedIn(request, key), bankOf(request, needs), needs);
    await reply.send(deliveryOf(issued, request, needs));
  });
  face.post(PUBLIC_PATHS.acquireDeviceWanted, async (request, reply) => {
    attempts.checkAddress(request);
    const there = { bank: bankOf(request, needs), site: passkeySiteOf(request, needs) };
    await reply.send(await beginDeviceAcquisition(ticketIn(request), there, needs));
  });
  face.post(PUBLIC_PATHS.acquireDevice, TAKES_PIN, async (request, reply) => {
    attempts.checkAddress(request);
    const there = { bank: bankOf(request, needs), site: passkeySiteOf(request, needs) };
    const registration = registrationIn(request);
    const key = await passkeyOfTicket(ticketIn(request), registration, { ...needs, there });
    await acquireCertificate(askedIn(request, key), there.bank, needs);
    await reply.send({});
  });
}

/** Who it is; undefined where that was refused and the page was shown again. */
async function begin(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PageNeeds,
): Promise<BegunAcquisition | undefined> {
  const form = formOf(request);
  const entered = {
    ...idsIn(request),
    pin: form[ACQUIRE_FIELDS.pin] ?? '',
    code: form[ACQUIRE_FIELDS.code] ?? '',
    inquiry: request.id,
  };
  try {
    return await beginAcquisition(entered, needs);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'acquisition-refused') throw refusal;
    const { contract, user } = entered;
    const view = { entered: { contract, user }, inquiryNumber: request.id };
    const status = REFUSAL_STATUSES[refusal.code];
    await sendPage(acquirePage(view, frameOf(request, needs)), reply, status);
    return undefined;
  }
}

/** Who is entered, whether there is such a person or not. */
export function idsIn(request: FastifyRequest): Identity {
  const form = formOf(request);
  return {
    institution: request.site.institution,
    contract: form[ACQUIRE_FIELDS.contract] ?? '',
    user: form[ACQUIRE_FIELDS.user] ?? '',
  };
}

function keyView(
  { ticket, person, acquisition, policy, waiting }: BegunAcquisition,
  request: FastifyRequest,
  needs: PageNeeds,
) {
  const bank = bankOf(request, needs);
  const now = needs.clock.now();
  const issuerEndsAt = bank.authority.issuer.notAfter;
  const isPasskeyHost = isWithin(request.site.host, bank.passkeyDomain);
  const homes = homesOffered(policy).filter((home) => home === 'file' || isPasskeyHost);
  return {
    person: {
      company: person.contractName,
      name: person.name,
      contractId: person.identity.contract,
      userId: person.identity.user,
    },
    kind: acquisition.kind,
    slot: acquisition.slot === 1 ? null : acquisition.slot,
    freezes: acquisition.kind === 'reissue' && policy.freezesAfterReissue,
    untilAt: acquisition.expiresAt,
    endsAt: firstEnd({ policy, issuerEndsAt, now }),
    ticket,
    choosesPin: person.hasInitialPin,
    replaces: waiting !== undefined,
    homes,
    key: NEW_KEYS[policy.keyKinds[0]],
    system: systemOf(request.headers['user-agent'] ?? ''),
  };
}

function askedIn<K>(request: FastifyRequest, key: K) {
  const form = formOf(request);
  return {
    ticket: ticketIn(request),
    key,
    newPin: form[ACQUIRE_KEY_FIELDS.newPin] ?? null,
    unproven: unprovenIn(form[ACQUIRE_KEY_FIELDS.unproven]),
  };
}

function ticketIn(request: FastifyRequest): string {
  return formOf(request)[ACQUIRE_KEY_FIELDS.ticket] ?? '';
}
