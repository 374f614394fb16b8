// Every write in the source: which statement of the journeys it is, or why no journey passes it.
// A write that is not named here, or named and gone, fails the test; so does one that never passed.

/** The statement by which a write is known when it passes, or whose it is. */
export type KnownWrite = { readonly passes: RegExp } | { readonly belongsTo: string };

const SUCCESSOR = /^\s*with found as .* replaced as .* made as .* entered as /s;
const FOUNDING = 'founding an institution, by `koshin init` while nobody is served';
const ACQUIRING =
  'what administrators do for others, each in one transaction: done, or not done at all';
const SEQUENCING =
  'the audit log’s sequencer, by itself at any time: one statement, all of it or nothing';
const COUNTING = 'counting endings anew, by itself every few minutes: all of it or nothing';
const MAIL_ADDRESS = 'entering a mail address, by the bank or a staff member: one transaction';
const MAILING =
  'queueing and sending mails, by itself at any time: what is taken and not ended is due again';
const FOUR_EYES = 'what two of the bank’s staff do: each step is a transaction of its own';
const MOVING_IN =
  'moving in from a former CA, by the bank’s staff or on the server: each one transaction';
const IMPORTING =
  'sending, checking and doing files of users: each step one transaction, broken off in import.test.ts';
const REGISTERING = 'opening contracts and registering people, before there is a login';

/** The writes, named as code-writes.ts names them. */
export const KNOWN_WRITES: Readonly<Record<string, KnownWrite>> = {
  'src/store/acquisitions.ts insertAcquisition: insert acquisition': {
    passes: /^insert into "acquisition" /,
  },
  'src/store/acquisitions.ts keepPinErrors: update acquisition': {
    passes: /^update "acquisition" set "pin_errors" = /,
  },
  'src/store/acquisitions.ts giveTicket: update acquisition': {
    passes: /^update "acquisition" set "ticket_hash" = .* and "acquisition" = /,
  },
  'src/store/acquisitions.ts countIssued: update acquisition': {
    passes: /^update "acquisition" set "issued" = /,
  },
  'src/store/acquisitions.ts beginAnew: update acquisition': {
    passes: /^update "acquisition" set "ticket_hash" = .* and "user_id" = /,
  },
  'src/store/acquisitions.ts endAcquisition: update acquisition': {
    passes: /^update "acquisition" set "ended_at" = /,
  },
  'src/store/notices.ts insertToldNotices: insert notice': {
    passes: /^insert into "notice" .*"told"\) values .*\)$/,
  },
  'src/store/former-authorities.ts keepFormerAuthority: insert former_authority': {
    belongsTo: MOVING_IN,
  },
  'src/store/former-authorities.ts endFormerAuthority: update former_authority': {
    belongsTo: MOVING_IN,
  },
  'src/store/former-authorities.ts countImported: update former_authority': {
    belongsTo: MOVING_IN,
  },
  'src/store/imported-certificates.ts insertImported: insert certificate': {
    belongsTo: MOVING_IN,
  },
  'src/store/sessions.ts endSessionsOfIssuer: update session': { belongsTo: MOVING_IN },
  'src/store/pins.ts unlockPin: update person': { belongsTo: ACQUIRING },
  'src/store/persons.ts stopPerson: update person': { belongsTo: ACQUIRING },
  'src/store/persons.ts freezeRights: update person': {
    passes: /^update "person" set "frozen_at" = coalesce/,
  },
  'src/store/persons.ts giveRightsBack: update person': { belongsTo: ACQUIRING },
  'src/store/audit-log.ts appendAudit: insert audit_entry': {
    passes: /^insert into "audit_entry" /,
  },
  'src/store/audit-tree.ts recordGrowth: update audit_head': { belongsTo: SEQUENCING },
  'src/store/audit-tree.ts recordGrowth: insert audit_leaf': { belongsTo: SEQUENCING },
  'src/store/audit-tree.ts recordGrowth: insert audit_node': { belongsTo: SEQUENCING },
  'src/store/retire-entries.ts removeEntries: delete audit_entry': {
    belongsTo: 'removing old audit entries by rule, by `koshin audit retire` as the owner',
  },
  'src/store/certificates.ts insertCertificate: insert certificate': {
    passes: /^insert into "certificate" /,
  },
  'src/store/certificates.ts moveCertificate: update certificate': {
    passes: /^update "certificate" set "state" = /,
  },
  'src/store/credentials.ts insertCredential: insert credential': {
    belongsTo: 'a slot’s first certificate over a passkey: acquiring, as with a file',
  },
  'src/store/credentials.ts advanceCounter: update credential': {
    passes: /^update "credential" set "sign_count" = /,
  },
  'src/store/sessions.ts refreshSession: update session': {
    passes: /^update "session" set "fresh_hash" = /,
  },
  'src/store/successors.ts WITH_PASSKEY: insert credential': { passes: SUCCESSOR },
  'src/store/successors.ts WITH_PASSKEY: insert used_challenge': { passes: SUCCESSOR },
  'src/store/used-challenges.ts useChallengeUp: delete used_challenge': {
    passes: /^delete from "used_challenge" /,
  },
  'src/store/used-challenges.ts useChallengeUp: insert used_challenge': {
    passes: /^insert into "used_challenge" /,
  },
  'src/store/endings.ts recountEndings: delete ending_count': { belongsTo: COUNTING },
  'src/store/endings.ts recountEndings: insert ending_count': { belongsTo: COUNTING },
  'src/store/endings.ts recountEndings: insert ending_counted': { belongsTo: COUNTING },
  'src/store/institutions.ts insertInstitution: insert institution': { belongsTo: FOUNDING },
  'src/store/institutions.ts insertAuthority: insert authority': { belongsTo: FOUNDING },
  'src/store/migrate.ts apply: insert schema_migration': {
    belongsTo: 'migrations, each in a transaction of its own before anything is served',
  },
  'src/store/mails.ts queueMails: insert mail': {
    passes: /^insert into "mail" .* on conflict do nothing$/,
  },
  'src/store/digests.ts noteDigested: insert mail_digest': { belongsTo: MAILING },
  'src/store/mail-delivery.ts markCameBack: update mail': { belongsTo: MAILING },
  'src/store/mails.ts queueReminders: insert mail': { belongsTo: MAILING },
  'src/store/mails.ts noteReminded: insert mail_run': { belongsTo: MAILING },
  'src/store/mails.ts queueRenewalMails: insert mail': { belongsTo: MAILING },
  'src/store/mails.ts queueRenewalMails: update mail_cursor': { belongsTo: MAILING },
  'src/store/mail-delivery.ts claimMails: update mail': { belongsTo: MAILING },
  'src/store/mail-delivery.ts putMailOff: update mail': { belongsTo: MAILING },
  'src/store/mail-delivery.ts endMail: update mail': { belongsTo: MAILING },
  'src/store/mail-addresses.ts setMailAddress: update person': { belongsTo: MAIL_ADDRESS },
  'src/store/mail-addresses.ts markBounced: update person': { belongsTo: MAILING },
  'src/store/notices.ts insertBankNotice: insert notice': {
    belongsTo: 'publishing a notice of the bank',
  },
  'src/store/published-notices.ts endPublishedNotice: update notice': {
    belongsTo: 'taking down a notice of the bank',
  },
  'src/store/published-notices.ts insertNoticeRead: insert notice_read': {
    belongsTo: 'reading a notice of the bank',
  },
  'src/store/notices.ts ensureRenewalNotice: insert notice': {
    passes: /^insert into "notice" .* on conflict .* do nothing$/,
  },
  'src/store/contracts.ts insertContract: insert contract': { belongsTo: REGISTERING },
  'src/store/contracts.ts setContractFacts: update contract': { belongsTo: FOUR_EYES },
  'src/store/contracts.ts setClosed: update contract': { belongsTo: FOUR_EYES },
  'src/store/contracts.ts setContractFacts: insert contract_address': { belongsTo: FOUR_EYES },
  'src/store/contracts.ts setContractFacts: delete contract_address': { belongsTo: FOUR_EYES },
  'src/store/persons.ts setRole: update person': { belongsTo: FOUR_EYES },
  'src/store/persons.ts setNames: update person': { belongsTo: FOUR_EYES },
  'src/store/persons.ts insertPerson: insert person': { belongsTo: REGISTERING },
  'src/store/institutions.ts insertPolicy: insert policy': { belongsTo: FOUNDING },
  'src/store/orders.ts insertOrder: insert approval_request': { belongsTo: FOUR_EYES },
  'src/store/orders.ts decideOrder: update approval_request': { belongsTo: FOUR_EYES },
  'src/store/persons.ts insertSlot: insert slot': { belongsTo: REGISTERING },
  'src/store/staff-members.ts keepStaffMember: insert staff_member': {
    belongsTo: 'adding and appointing staff, by `koshin staff` on the server',
  },
  'src/store/pins.ts keepPinCount: update person': {
    passes: /^update "person" set "pin_errors" = /,
  },
  'src/store/pins.ts setPin: update person': {
    passes: /^update "person" set "pin_hash" = /,
  },
  'src/store/pins.ts lockPin: update person': {
    passes: /^update "person" set "pin_locked_at" = /,
  },
  'src/store/persons.ts recordLogin: update person': {
    passes: /^update "person" set "previous_login_at" = /,
  },
  'src/store/proof-tokens.ts forgetOldTokens: delete proof_token': {
    passes: /^delete from "proof_token" /,
  },
  'src/store/proof-tokens.ts keepProofToken: insert proof_token': {
    passes: /^insert into "proof_token" /,
  },
  'src/store/proof-tokens.ts useProofToken: update proof_token': {
    passes: /^update "proof_token" set "used_at" = /,
  },
  'src/store/sessions.ts insertSession: insert session': { passes: /^insert into "session" / },
  'src/store/sessions.ts touchSession: update session': {
    passes: /^update "session" set "seen_at" = /,
  },
  'src/store/sessions.ts deleteSessionsOpenedBefore: delete session': {
    belongsTo: 'deleting sessions long over, by the hour: the next time does what was lost',
  },
  'src/store/sessions.ts endSession: update session': {
    passes: /^update "session" set "ended_at" = .* and "token_hash" = /,
  },
  'src/store/sessions.ts endSessionsOfPerson: update session': {
    passes: /^update "session" set "ended_at" = .* and "user_id" = /,
  },
  'src/store/sessions.ts endSessionsOfCertificate: update session': {
    passes: /^update "session" set "ended_at" = .* and "certificate" = /,
  },
  'src/store/import-people.ts insertContracts: insert contract': { belongsTo: IMPORTING },
  'src/store/import-people.ts insertContracts: insert contract_address': { belongsTo: IMPORTING },
  'src/store/import-people.ts insertPeople: insert person': { belongsTo: IMPORTING },
  'src/store/import-people.ts insertPeople: insert slot': { belongsTo: IMPORTING },
  'src/store/import-people.ts appendManyEntries: insert audit_entry': { belongsTo: IMPORTING },
  'src/store/imports.ts insertImport: insert user_import': { belongsTo: IMPORTING },
  'src/store/imports.ts insertImport: insert import_part': { belongsTo: IMPORTING },
  'src/store/imports.ts keepProgress: update user_import': { belongsTo: IMPORTING },
  'src/store/imports.ts keepFound: update user_import': { belongsTo: IMPORTING },
  'src/store/imports.ts nameRequest: update user_import': { belongsTo: IMPORTING },
  'src/store/imports.ts approveKept: update user_import': { belongsTo: IMPORTING },
  'src/store/imports.ts endImport: update user_import': { belongsTo: IMPORTING },
  'src/store/import-reports.ts replaceFaults: delete import_fault': { belongsTo: IMPORTING },
  'src/store/import-reports.ts insertFaults: insert import_fault': { belongsTo: IMPORTING },
  'src/store/import-reports.ts insertOutcomes: insert import_contract': { belongsTo: IMPORTING },
  'src/store/imports.ts deleteContents: delete import_part': { belongsTo: IMPORTING },
  'src/store/imports.ts deleteContents: delete import_fault': { belongsTo: IMPORTING },
  'src/store/notices.ts insertManyTold: insert notice': { belongsTo: IMPORTING },
  'src/store/letters.ts insertBatch: insert letter_batch': { belongsTo: FOUR_EYES },
  'src/store/letters.ts insertBatch: insert letter': { belongsTo: FOUR_EYES },
  'src/store/letters.ts keepGiven: update letter_batch': { belongsTo: FOUR_EYES },
  'src/store/letters.ts insertFirstOffers: insert acquisition': { belongsTo: FOUR_EYES },
  'src/store/letters.ts setFirstPins: update person': { belongsTo: FOUR_EYES },
  'src/store/successors.ts statement: update certificate': { passes: SUCCESSOR },
  'src/store/successors.ts statement: insert certificate': { passes: SUCCESSOR },
  'src/store/successors.ts statement: insert audit_entry': { passes: SUCCESSOR },
};

/** Where the source, the table and what passed do not agree, in words; empty where they do. */
export function disagreements(inCode: readonly string[], passed: readonly string[]): string[] {
  const known = Object.entries(KNOWN_WRITES);
  const seen = passed.filter((statement) => statement !== 'commit');
  return [
    ...inCode
      .filter((write) => !(write in KNOWN_WRITES))
      .map((write) => `in the source, not in the table: ${write}`),
    ...inCode
      .filter((write, i) => inCode.indexOf(write) !== i)
      .map((write) => `in the source twice, so that one may never pass: ${write}`),
    ...known
      .filter(([write]) => !inCode.includes(write))
      .map(([write]) => `in the table, not in the source: ${write}`),
    ...known
      .filter(([, one]) => 'passes' in one && !seen.some((statement) => one.passes.test(statement)))
      .map(([write]) => `no journey passes it: ${write}`),
    ...seen
      .filter(
        (statement) => !known.some(([, one]) => 'passes' in one && one.passes.test(statement)),
      )
      .map((statement) => `passed, not in the table: ${statement}`),
  ];
}
