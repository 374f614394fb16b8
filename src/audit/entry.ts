// What an audit entry says. Not how it is kept or sequenced.
import type { Identity } from '../banking/identity.ts';

/** Every event that is recorded; a new one is added here first. */
export type AuditEvent =
  | 'institution-founded'
  | 'contract-opened'
  | 'contract-changed'
  | 'contract-closed'
  | 'contract-reopened'
  | 'notice-published'
  | 'notice-read'
  | 'notice-ended'
  | 'person-registered'
  | 'staff-appointed'
  | 'import-sent'
  | 'import-done'
  | 'import-failed'
  | 'import-deleted'
  | 'users-exported'
  | 'letters-printed'
  | 'order-requested'
  | 'order-approved'
  | 'order-rejected'
  | 'order-withdrawn'
  | 'order-expired'
  | 'policy-changed'
  | 'slot-added'
  | 'acquisition-asked'
  | 'acquisition-offered'
  | 'acquisition-refused'
  | 'acquisition-ended'
  | 'reissue-begun'
  | 'reissues-in-a-row'
  | 'pin-chosen'
  | 'pin-reset'
  | 'pin-unlocked'
  | 'rights-frozen'
  | 'rights-confirmed'
  | 'administrator-appointed'
  | 'administrator-dismissed'
  | 'person-renamed'
  | 'user-stopped'
  | 'user-resumed'
  | 'former-authority-accepted'
  | 'former-authority-ended'
  | 'certificates-imported'
  | 'certificate-imported'
  | 'certificate-filled-in'
  | 'former-revocations-read'
  | 'certificate-issued'
  | 'proof-begun'
  | 'certificate-proved'
  | 'certificate-superseded'
  | 'certificate-replaced'
  | 'certificate-suspended'
  | 'certificate-lifted'
  | 'certificate-revoked'
  | 'certificate-refused'
  | 'counter-went-back'
  | 'pin-wrong'
  | 'pin-locked'
  | 'pin-changed'
  | 'logged-in'
  | 'logged-off'
  | 'session-ended'
  | 'sessions-deleted'
  | 'request-refused'
  | 'mail-sent'
  | 'mail-not-sent'
  | 'mail-came-back'
  | 'mail-tested'
  | 'mail-address-set'
  | 'entries-retired';

/** One entry; `detail` holds plain facts and never a secret. */
export type AuditEntry = {
  readonly institution: string;
  readonly at: Date;
  readonly event: AuditEvent;
  /** The person concerned, where one is known. */
  readonly person?: Identity;
  /** The contract concerned, where no person of it is. */
  readonly contract?: string;
  /** SHA-256 of the certificate concerned. */
  readonly certificate?: Uint8Array;
  /** The inquiry number shown to the person, where the entry is a refusal. */
  readonly inquiry?: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};
