// Evidence on its way through a page: what a passkey signed, sealed for one host and a short time, so
// that the PIN can be asked or another host be entered. In a form's body alone; never a cookie.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RecordedAssertion } from '../banking/evidence.ts';
import { Refusal } from '../errors.ts';
import type { UsedChallenge } from '../store/used-challenges.ts';

/** Where sealed evidence serves: before the PIN, or in its place after a renewal was proved. */
export type SealPurpose = 'before-pin' | 'hand-over';

/** For whom and where evidence is sealed. */
export type Sealing = {
  readonly purpose: SealPurpose;
  readonly institution: string;
  readonly host: string;
};

/** What is sealed: the certificate whose key signed, by its SHA-256, and what it signed. */
export type SealedContent = {
  readonly certificate: Uint8Array;
  readonly assertion: RecordedAssertion;
  /** A mark of the PIN that the person had, where what is sealed came after it. */
  readonly pin?: string;
};

const LIFE_MS: Readonly<Record<SealPurpose, number>> = {
  'before-pin': 5 * 60_000,
  'hand-over': 60_000,
};
const RANDOM_OCTETS = 16;
const FORM = /^[A-Za-z0-9_-]{1,6000}\.[A-Za-z0-9_-]{43}$/;

type Written = {
  readonly certificate: string;
  readonly assertion: RecordedAssertion;
  readonly pin?: string;
  readonly expiresAt: number;
  readonly random: string;
};

/** Seals evidence as text for a form. */
export function sealEvidence(
  { certificate, assertion, pin }: SealedContent,
  sealing: Sealing,
  { key, now }: { readonly key: Uint8Array; readonly now: Date },
): string {
  const written: Written = {
    certificate: Buffer.from(certificate).toString('hex'),
    assertion,
    ...(pin !== undefined && { pin }),
    expiresAt: now.getTime() + LIFE_MS[sealing.purpose],
    random: randomBytes(RANDOM_OCTETS).toString('base64url'),
  };
  const text = Buffer.from(JSON.stringify(written)).toString('base64url');
  return `${text}.${macOf(text, sealing, key).toString('base64url')}`;
}

/** Opens it, however old; refuses (`challenge-invalid`) what we did not seal for this. */
export function openSealed(
  sealed: string,
  sealing: Sealing,
  key: Uint8Array,
): SealedContent & { readonly once: UsedChallenge } {
  const [text = '', mac = ''] = FORM.test(sealed) ? sealed.split('.') : [];
  const given = Buffer.from(mac, 'base64url');
  const wanted = macOf(text, sealing, key);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new Refusal('challenge-invalid', 'the evidence was not sealed for this');
  }
  // Its MAC is ours: what it holds is what was written.
  const written = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Written;
  const expiresAt = new Date(written.expiresAt);
  return {
    certificate: Buffer.from(written.certificate, 'hex'),
    assertion: written.assertion,
    ...(written.pin !== undefined && { pin: written.pin }),
    once: { hash: createHash('sha256').update(text).digest(), expiresAt },
  };
}

/** Refuses evidence whose time is over; after a hand-over (`hand-over-ended`) what it proved stands. */
export function checkSealAge(
  { expiresAt }: Pick<UsedChallenge, 'expiresAt'>,
  purpose: SealPurpose,
  now: Date,
): void {
  if (now <= expiresAt) return;
  const code = purpose === 'hand-over' ? 'hand-over-ended' : 'challenge-invalid';
  throw new Refusal(code, 'the evidence is too old');
}

function macOf(text: string, { purpose, institution, host }: Sealing, key: Uint8Array): Buffer {
  const bound = JSON.stringify(['koshin sealed evidence', purpose, institution, host, text]);
  return createHmac('sha256', key).update(bound).digest();
}
