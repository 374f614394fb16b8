// The rows of the database as their columns are read and written. Not the domain's types:
// each aggregate's file turns rows into those.
import type { ColumnType, Generated } from 'kysely';
import type { AcquisitionKind } from '../banking/acquisition.ts';
import type { CertificateState } from '../banking/certificate-life.ts';
import type { ReissueReason } from '../banking/company.ts';
import type { EndingStanding, Reach } from '../banking/ending.ts';
import type { ProofKind, RecordedAssertion } from '../banking/evidence.ts';
import type { RenewFrom } from '../banking/former-authority.ts';
import type { ImportColumn } from '../banking/import-columns.ts';
import type { ImportFaultKind } from '../banking/import-faults.ts';
import type { ImportUnit } from '../banking/import-plan.ts';
import type { Institution, InstitutionKind } from '../banking/institution.ts';
import type { MailAnswer, MailFacts, MailKind, MailState } from '../banking/mail.ts';
import type { NoticeKind } from '../banking/notice.ts';
import type { OrderKind, OrderState } from '../banking/order.ts';
import type { Role } from '../banking/person.ts';
import type { Policy } from '../banking/policy.ts';
import type { StaffRole } from '../banking/staff.ts';
import type { Told } from '../banking/told.ts';
import type { KeyHome } from '../banking/user-certificate.ts';
import type {
  ImportFound,
  ImportProgress,
  ImportResult,
  ImportState,
} from '../banking/user-import.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';

type Json<T> = ColumnType<T, string, string>;

/** Every table that the program reads or writes. */
export type Tables = {
  institution: InstitutionRow;
  policy: { institution: string; version: number; settings: Json<Policy>; valid_from: Date };
  authority: AuthorityRow;
  former_authority: FormerAuthorityRow;
  contract: {
    institution: string;
    contract: string;
    name: string;
    kana: string | null;
    name_key: Generated<string>;
    kana_key: Generated<string | null>;
    created_at: Date;
    closed_at: Date | null;
  };
  contract_address: {
    institution: string;
    contract: string;
    postal_code: string | null;
    address: string;
    created_at: Date;
  };
  person: PersonRow;
  staff_member: StaffMemberRow;
  approval_request: ApprovalRequestRow;
  user_import: UserImportRow;
  import_part: { institution: string; import: string; part: number; octets: Uint8Array };
  import_fault: ImportFaultRow;
  import_contract: ImportContractRow;
  letter_batch: LetterBatchRow;
  letter: { institution: string; batch: string; place: number; contract: string; user_id: string };
  slot: { institution: string; contract: string; user_id: string; slot: number };
  certificate: CertificateRow;
  session: SessionRow;
  proof_token: {
    institution: string;
    token_hash: Uint8Array;
    session: Uint8Array;
    certificate: Uint8Array;
    begun_on: string;
    expires_at: Date;
    used_at: Date | null;
  };
  acquisition: AcquisitionRow;
  credential: CredentialRow;
  used_challenge: { institution: string; hash: Uint8Array; expires_at: Date };
  blocked_key: { spki_sha256: Uint8Array; reason: string; blocked_at: Generated<Date> };
  notice: NoticeRow;
  notice_read: {
    notice: string;
    contract: string;
    user_id: string;
    institution: string;
    read_at: Date;
  };
  mail: MailRow;
  mail_run: { institution: string; reminded_at: Date };
  mail_digest: { institution: string; digested_until: Date };
  mail_cursor: { is_only: Generated<boolean>; position: number };
  audit_entry: AuditEntryRow;
  ending_count: {
    institution: string;
    day: string;
    standing: EndingStanding;
    reach: Reach;
    certificates: number;
  };
  ending_counted: { institution: string; counted_at: Date; first_day: string; last_day: string };
};

type InstitutionRow = {
  institution: string;
  kind: InstitutionKind;
  name: string;
  name_english: string;
  public_host: string;
  members_domain: string;
  passkey_domain: string;
  publication_base: string;
  certificate_policy: string;
  contact: Json<Institution['contact']>;
  created_at: Date;
};

type AuthorityRow = {
  institution: string;
  issuer: Uint8Array;
  purpose: 'root' | 'issuing';
  certificate: Uint8Array;
  created_at: Date;
  retired_at: Date | null;
};

type FormerAuthorityRow = {
  institution: string;
  issuer: Uint8Array;
  certificate: Uint8Array;
  renew_from: RenewFrom;
  imported: Generated<number>;
  accepted_at: Date;
  until_at: Date;
  ended_at: Date | null;
};

type PersonRow = {
  institution: string;
  contract: string;
  user_id: string;
  name: string;
  kana: string | null;
  name_key: Generated<string>;
  kana_key: Generated<string | null>;
  role: Role;
  pin_hash: string | null;
  pin_errors: Generated<number>;
  pin_running: Generated<number>;
  pin_attempt_at: Date | null;
  pin_locked_at: Date | null;
  pin_is_initial: Generated<boolean>;
  frozen_at: Date | null;
  mail_address: string | null;
  mail_bounced_at: Date | null;
  stopped_at: Date | null;
  last_login_at: Date | null;
  previous_login_at: Date | null;
  created_at: Date;
};

type StaffMemberRow = {
  institution: string;
  contract: string;
  user_id: string;
  role: StaffRole;
  scope: readonly string[] | null;
  changed_at: Date;
};

/** A row of `approval_request`. */
export type ApprovalRequestRow = {
  institution: string;
  request: string;
  kind: OrderKind;
  payload: string;
  payload_sha256: Uint8Array;
  reason: string;
  reference: string | null;
  staff_house: string;
  requested_by: string;
  requested_at: Date;
  expires_at: Date;
  state: OrderState;
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
};

/** A row of `user_import`. */
export type UserImportRow = {
  institution: string;
  import: string;
  file_name: string;
  size: number;
  sha256: Uint8Array;
  encoding: FileEncoding | 'auto';
  unit: ImportUnit;
  staff_house: string;
  sent_by: string;
  sent_at: Date;
  state: ImportState;
  found: Json<ImportFound> | null;
  request: string | null;
  result: Json<ImportResult> | null;
  stage: ImportProgress['stage'] | null;
  stage_done: Generated<number>;
  stage_of: Generated<number>;
  ended_at: Date | null;
};

type ImportFaultRow = {
  institution: string;
  import: string;
  fault: number;
  line: number;
  field: ImportColumn | null;
  kind: ImportFaultKind;
  value: string;
};

type ImportContractRow = {
  institution: string;
  import: string;
  contract: string;
  outcome: 'done' | 'left-out';
  users: number;
};

/** A row of `letter_batch`. */
export type LetterBatchRow = {
  institution: string;
  batch: string;
  contract: string | null;
  staff_house: string;
  asked_by: string;
  asked_at: Date;
  request: string;
  codes_by: string | null;
  codes_at: Date | null;
  pins_by: string | null;
  pins_at: Date | null;
};

/** A row of `certificate`. */
export type CertificateRow = {
  institution: string;
  issuer: Uint8Array;
  serial: Uint8Array;
  sha256: Uint8Array;
  spki_sha256: Uint8Array;
  key_identity: Uint8Array;
  der: Uint8Array;
  contract: string;
  user_id: string;
  slot: number;
  common_name: string;
  home: KeyHome;
  state: CertificateState;
  not_before: Date;
  not_after: Date;
  issued_at: Date;
  proved_at: Date | null;
  ended_at: Date | null;
  predecessor: Uint8Array | null;
  acquired_as: AcquisitionKind | null;
  renewable_from: Generated<Date | null>;
};

/** Why an acquisition is over; one that its deadline ended has no reason on record. */
export type AcquisitionEnd = 'proved' | 'replaced' | 'errors' | 'withdrawn';

type AcquisitionRow = {
  institution: string;
  acquisition: string;
  contract: string;
  user_id: string;
  slot: number;
  kind: AcquisitionKind;
  code_hash: Uint8Array;
  offered_by: string;
  offered_at: Date;
  expires_at: Date;
  pin_errors: Generated<number>;
  ticket_hash: Uint8Array | null;
  ticket_until: Date | null;
  ended_at: Date | null;
  end_reason: AcquisitionEnd | null;
  reason: ReissueReason | null;
  issued: Generated<number>;
};

type CredentialRow = {
  institution: string;
  credential_id: Uint8Array;
  certificate: Uint8Array;
  sign_count: number;
  backup_eligible: boolean;
  created_at: Date;
  acquisition: string | null;
};

/** Why a session ended. */
export type SessionEnd =
  | 'log-off'
  | 'idle'
  | 'total'
  | 'superseded'
  | 'suspended'
  | 'revoked'
  | 'locked'
  | 'pin-changed'
  | 'stopped';

type SessionRow = {
  institution: string;
  token_hash: Uint8Array;
  contract: string;
  user_id: string;
  proof: ProofKind;
  certificate: Uint8Array;
  opened_at: Date;
  seen_at: Date;
  ended_at: Date | null;
  end_reason: SessionEnd | null;
  fresh_hash: Uint8Array | null;
  fresh_until: Date | null;
  fresh_assertion: Json<RecordedAssertion> | null;
};

type NoticeRow = {
  institution: string;
  notice: string;
  kind: NoticeKind;
  contract: string | null;
  user_id: string | null;
  certificate: Uint8Array | null;
  important: boolean;
  title: string;
  body: string;
  published_at: Date;
  until_at: Date | null;
  told: Json<Told> | null;
};

type MailRow = {
  institution: string;
  mail: string;
  kind: MailKind;
  contract: string;
  user_id: string;
  certificate: Uint8Array | null;
  about: string;
  facts: Json<MailFacts>;
  sealed: Uint8Array | null;
  queued_at: Date;
  due_at: Date;
  state: MailState;
  attempts: Generated<number>;
  answer: MailAnswer | null;
  put_off_since: Date | null;
  sent_to: string | null;
  ended_at: Date | null;
};

type AuditEntryRow = {
  institution: string;
  entry: Generated<string>;
  at: Date;
  event: string;
  contract: string | null;
  user_id: string | null;
  certificate: Uint8Array | null;
  inquiry: string | null;
  detail: Json<Record<string, unknown>>;
};
