// A code that is mailed: sealed from the moment it is drawn until its text is made, under a key that is not in the
// database, for one mail and one person, so that a row put in another's place opens nothing.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Refusal } from '../errors.ts';
import type { Acquisition } from '../store/acquisitions.ts';
import type { Tx } from '../store/database.ts';
import { findRecipient } from '../store/mail-addresses.ts';
import type { QueuedMail } from '../store/mail-delivery.ts';
import { queueMails } from '../store/mails.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_OCTETS = 12;
const TAG_OCTETS = 16;

type Bound = Pick<QueuedMail, 'id' | 'to'>;

/** Queues the mail with the code of an offer; refuses (`not-for-member`) who has no address that serves. */
export async function mailCode(
  offer: Pick<Acquisition, 'identity' | 'id' | 'kind' | 'expiresAt' | 'offeredAt'> & {
    readonly code: string;
  },
  sealKey: Uint8Array,
  tx: Tx,
): Promise<void> {
  const { identity, id, kind, code, expiresAt, offeredAt } = offer;
  const recipient = await findRecipient(identity, tx);
  if (recipient === undefined || recipient.address === null) {
    throw new Refusal('not-for-member', 'there is no mail address that serves');
  }
  const acquisition = { for: kind, acquisition: id, expiresAt: expiresAt.toISOString() };
  const facts = { kind: 'code', ...acquisition } as const;
  const seal = (mail: Bound) => sealCode(code, mail, sealKey);
  await queueMails({ to: [identity], about: aboutOffer(id), facts, seal, at: offeredAt }, tx);
}

/** What makes the mail of an offer's code the only one of it. */
export function aboutOffer(id: string): string {
  return `code:${id}`;
}

/** The code of a mail, for its text; null where it carries none. Throws where it was not sealed for this mail. */
export function codeIn(
  mail: Pick<QueuedMail, 'id' | 'to' | 'sealed'>,
  sealKey: Uint8Array,
): string | null {
  return mail.sealed && openCode(mail.sealed, mail, sealKey);
}

function sealCode(code: string, mail: Bound, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_OCTETS);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_OCTETS });
  cipher.setAAD(boundTo(mail));
  return Buffer.concat([nonce, cipher.update(code, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function openCode(sealed: Uint8Array, mail: Bound, key: Uint8Array): string {
  const nonce = sealed.subarray(0, NONCE_OCTETS);
  const cipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_OCTETS });
  cipher.setAAD(boundTo(mail));
  cipher.setAuthTag(sealed.subarray(-TAG_OCTETS));
  const code = cipher.update(sealed.subarray(NONCE_OCTETS, -TAG_OCTETS));
  return Buffer.concat([code, cipher.final()]).toString('utf8');
}

function boundTo({ id, to: { institution, contract, user } }: Bound): Uint8Array {
  return Buffer.from(JSON.stringify(['koshin mailed code', institution, id, contract, user]));
}
