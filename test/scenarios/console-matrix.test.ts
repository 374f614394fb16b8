// Every action of the console, tried by every role and scope over the real routes: allowed or refused as the table in
// docs/console.md says, and each refusal on record. The table is held to the program's as well.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import {
  STAFF_CONTRACT,
  STAFF_ROLES,
  type StaffRole,
  type StaffScope,
} from '../../src/banking/staff.ts';
import { type ConsoleAction, mayDoInConsole } from '../../src/banking/staff-actions.ts';
import { sha256 } from '../../src/operations/certify.ts';
import { hexOf } from '../../src/operations/former-authority.ts';
import { publishNotice } from '../../src/operations/publish-notice.ts';
import { workOnImports } from '../../src/operations/work-on-imports.ts';
import { findByInquiry } from '../../src/store/audit-log.ts';
import { insertContract } from '../../src/store/contracts.ts';
import { insertPerson } from '../../src/store/persons.ts';
import { listPublishedNotices } from '../../src/store/published-notices.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { FormerCa } from '../system/former-ca.ts';
import { fileOf, goodLines } from '../system/import-files.ts';
import { acceptFormer } from '../system/moving.ts';
import {
  administratorForm,
  closingForm,
  contractChangeForm,
  noticeForm,
  personForm,
  policyForm,
} from '../system/request-forms.ts';
import { sequenceOnce } from '../system/sequence-once.ts';
import {
  type AtConsole,
  contractForm,
  look,
  orderAt,
  send,
  sendFile,
  staffAt,
  sumOn,
} from '../system/staff.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer } from '../system/visitor.ts';

const DOCUMENT = new URL('../../docs/console.md', import.meta.url);

const SCOPES: readonly {
  readonly name: string;
  readonly scope: StaffScope;
  readonly holds: boolean;
}[] = [
  { name: 'all', scope: 'all', holds: true },
  { name: 'this one', scope: ['1394'], holds: true },
  { name: 'another', scope: ['1395'], holds: false },
];

/** How each action is tried; `answered` says that nothing of another institution is told, not that it is refused. */
type Try = {
  readonly as: (staff: AtConsole) => Promise<Answer>;
  readonly outside: 'refused' | 'empty';
};

const CONTRACT = `/console/institutions/1394/contracts/${TEST_CONTRACT}`;
let koshin: TestKoshin;
let asker: AtConsole;
let caOfficer: AtConsole;
let former: FormerCa;
let other: FormerCa;
let inquiry = '';
let last = 100;

const TRIES: Readonly<Record<ConsoleAction, Try>> = {
  search: {
    as: async (staff) => await look(staff, '/console/search?q=mitsukaru'),
    outside: 'empty',
  },
  'read-history': { as: async (staff) => await look(staff, CONTRACT), outside: 'refused' },
  'read-inquiry': {
    as: async (staff) => await look(staff, `/console/inquiries/${inquiry}`),
    outside: 'empty',
  },
  'read-orders': {
    as: async (staff) => await look(staff, await newContractOrder()),
    outside: 'refused',
  },
  'read-endings': {
    as: async (staff) => await look(staff, '/console/endings?institution=1394'),
    outside: 'refused',
  },
  'read-imports': {
    as: async (staff) => await look(staff, await sentFile(asker)),
    outside: 'refused',
  },
  'request-print-letters': {
    as: async (staff) => await send(staff, '/console/letters', await lettersForm()),
    outside: 'refused',
  },
  'decide-print-letters': {
    as: async (staff) => {
      const order = orderAt(await send(asker, '/console/letters', await lettersForm()));
      return await send(staff, `${order}/reject`, { why: '試し' });
    },
    outside: 'refused',
  },
  'export-users': {
    as: async (staff) =>
      await send(staff, '/console/export', { institution: '1394', contract: TEST_CONTRACT }),
    outside: 'refused',
  },
  'request-import-users': {
    as: async (staff) => await sendFile(staff, nextFile()),
    outside: 'refused',
  },
  'decide-import-users': {
    as: async (staff) => await send(staff, `${await fileOrder()}/reject`, { why: '試し' }),
    outside: 'refused',
  },
  'read-notices': {
    as: async (staff) => await look(staff, '/console/notices?institution=1394'),
    outside: 'refused',
  },
  'read-mail': {
    as: async (staff) => await look(staff, '/console/mails?institution=1394'),
    outside: 'refused',
  },
  'test-mail': {
    as: async (staff) =>
      await send(staff, '/console/mails/test', {
        institution: '1394',
        address: 'staff@mail.example',
      }),
    outside: 'refused',
  },
  'read-authorities': {
    as: async (staff) => await look(staff, '/console/authorities?institution=1394'),
    outside: 'refused',
  },
  'read-audit': {
    as: async (staff) => await look(staff, '/console/audit?institution=1394'),
    outside: 'refused',
  },
  'export-audit': {
    as: async (staff) => await look(staff, '/console/audit/export?institution=1394'),
    outside: 'refused',
  },
  'request-open-contract': requests('open-contract', () => contractForm(nextContract())),
  'request-change-contract': requests(
    'change-contract',
    async () => await contractChangeForm(asker),
  ),
  'request-close-contract': requests('close-contract', closingForm),
  'request-change-person': requests('change-person', async () => await personForm(asker)),
  'request-change-policy': requests('change-policy', async () => await policyForm(asker)),
  'request-change-administrator': requests('change-administrator', administratorForm),
  'request-publish-notice': requests('publish-notice', noticeForm),
  'decide-open-contract': decides('open-contract', () => contractForm(nextContract())),
  'decide-change-contract': decides('change-contract', async () => await contractChangeForm(asker)),
  'decide-close-contract': decides('close-contract', closingForm),
  'decide-change-person': decides('change-person', async () => await personForm(asker)),
  'decide-change-policy': decides('change-policy', async () => await policyForm(asker)),
  'decide-change-administrator': decides('change-administrator', administratorForm),
  'decide-publish-notice': decides('publish-notice', noticeForm),
  'request-accept-former-authority': requests('accept-former-authority', acceptForm),
  'decide-accept-former-authority': decides('accept-former-authority', acceptForm),
  'request-end-former-authority': requests('end-former-authority', endForm),
  'decide-end-former-authority': decides('end-former-authority', endForm),
  'end-notice': {
    as: async (staff) => await send(staff, `${await publishedNotice()}/end`, {}),
    outside: 'refused',
  },
};

suite('who may do what in the console', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    asker = await staffAt(koshin, 'asker01', { role: 'operator', scope: 'all' });
    caOfficer = await staffAt(koshin, 'asker02', { role: 'ca-officer', scope: 'all' });
    [former, other] = [await FormerCa.open(), await FormerCa.open()];
    await acceptFormer(former, koshin);
    await makeCustomer('kanri01', koshin, { role: 'administrator' });
    const customer = await makeCustomer('mitsukaru', koshin);
    const { visitor, origin } = await loggedIn(koshin, customer);
    inquiry = (await visitor.get(`${origin}/company`)).inquiry ?? '';
    assert.notEqual(inquiry, '');
    // An export is of what is in the tree.
    await sequenceOnce(koshin);
  });
  after(async () => {
    await former[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  for (const role of STAFF_ROLES) {
    for (const { name, scope, holds } of SCOPES) {
      test(`${role}, for ${name}`, async () => {
        const user = `${role.replace('-', '')}${name.replace(' ', '')}`;
        const staff = await staffAt(koshin, user, { role, scope });
        const documented = await tableIn(DOCUMENT);
        for (const [action, tried] of Object.entries(TRIES)) {
          const mayDo = documented.get(action)?.has(role) ?? false;
          assert.equal(
            mayDoInConsole(action as ConsoleAction, role),
            mayDo,
            `${action} in the docs`,
          );
          await allowedOrRefused({ staff, action, tried }, { mayDo, holds });
        }
      });
    }
  }

  test('whoever is no staff member has nothing of it, with a certificate of the staff house', async () => {
    assert.ok(koshin.staffHouse);
    const bank = koshin.staffHouse;
    const holding = await makeCustomer('nobody01', koshin, { bank, contract: STAFF_CONTRACT });
    const nobody = { user: 'nobody01', holding, ...(await loggedIn(koshin, holding, { bank })) };
    await refused(await look(nobody, '/console'), 'home');
    for (const [action, { as }] of Object.entries(TRIES)) await refused(await as(nobody), action);
  });

  test('a bank’s own hosts have no console, and the staff house no administrators', async () => {
    const holding = await makeCustomer('kanri02', koshin, { role: 'administrator' });
    const { visitor, origin } = await loggedIn(koshin, holding);
    for (const path of [
      '/console',
      '/console/search?q=x',
      CONTRACT,
      '/console/orders',
      '/console/audit',
    ]) {
      assert.equal((await visitor.get(origin + path)).status, 404, path);
    }
    const staff = await staffAt(koshin, 'shonin09', { role: 'approver', scope: 'all' });
    for (const path of ['/company', '/company/register', '/company/users.csv']) {
      assert.equal((await look(staff, path)).status, 403, path);
    }
    const made = await send(staff, '/company/register', { user: 'fake01', name: 'x' });
    assert.equal(made.status, 403);
  });
});

function requests(kind: string, form: () => Form | Promise<Form>): Try {
  return {
    as: async (staff) => await send(staff, `/console/orders/new/${kind}`, await form()),
    outside: 'refused',
  };
}

/** Rejected, so that the next one finds everything as it was. */
function decides(kind: string, form: () => Form | Promise<Form>): Try {
  return {
    as: async (staff) => {
      const by = kind.endsWith('-former-authority') ? caOfficer : asker;
      const order = orderAt(await send(by, `/console/orders/new/${kind}`, await form()));
      const payload = sumOn(await look(by, order));
      assert.notEqual(payload, '');
      return await send(staff, `${order}/reject`, { why: '試し' });
    },
    outside: 'refused',
  };
}

type Form = Readonly<Record<string, string>>;

function nextContract(): string {
  last += 1;
  return `00088800${last}`;
}

async function newContractOrder(): Promise<string> {
  const form = contractForm(nextContract());
  return orderAt(await send(asker, '/console/orders/new/open-contract', form));
}

function nextFile(): Uint8Array {
  last += 1;
  return fileOf(goodLines(1, 2, 88_000 + last));
}

/** The path of a file that was sent and looked through. */
async function sentFile(by: AtConsole): Promise<string> {
  const { location } = await sendFile(by, nextFile());
  await workOnImports({ db: koshin.house.db, clock: koshin.clock });
  return location;
}

/** Somebody new is there to be written to. */
async function lettersForm(): Promise<Form> {
  last += 1;
  const contract = `00077700${last}`;
  const at = koshin.clock.now();
  await koshin.house.db.transaction().execute(async (tx) => {
    await insertContract({ institution: '1394', contract, name: '試し', at }, tx);
    const identity = { institution: '1394', contract, user: 'atarashii' };
    await insertPerson({ identity, name: '新', role: 'administrator', pinHash: null, at }, tx);
  });
  return { institution: '1394', contract, 'at-most': '10', reason: '試し' };
}

async function fileOrder(): Promise<string> {
  const path = await sentFile(asker);
  return orderAt(await send(asker, `${path}/request`, { reason: '試し' }));
}

/** The path of a notice that is shown. */
async function publishedNotice(): Promise<string> {
  const { house, clock } = koshin;
  const text = { isImportant: false, title: '試し', body: '試し' };
  await publishNotice({ institution: '1394', ...text }, { db: house.db, clock });
  const [newest] = await listPublishedNotices({ institution: '1394', atMost: 1 }, house.db);
  return `/console/notices/1394/${newest?.id}`;
}

/** Of institutions outside the scope either it is refused, or nothing of them is told. */
async function allowedOrRefused(
  {
    staff,
    action,
    tried,
  }: { readonly staff: AtConsole; readonly action: string; readonly tried: Try },
  { mayDo, holds }: { readonly mayDo: boolean; readonly holds: boolean },
): Promise<void> {
  const answer = await tried.as(staff);
  const about = `${action}: ${answer.status} ${answer.text.slice(0, 300)}`;
  const isEmpty = tried.outside === 'empty';
  if (!mayDo || !(holds || isEmpty)) return await refused(answer, about);
  assert.ok(answer.status < 400, about);
  if (isEmpty) assert.equal(answer.text.includes('mitsukaru'), holds, about);
}

async function refused(answer: Answer, about: string): Promise<void> {
  assert.equal(answer.status, 403, about);
  const entries = await findByInquiry(answer.inquiry ?? '', koshin.house.db);
  assert.deepEqual(
    entries.map(({ event, detail }) => [event, detail['code']]),
    [['request-refused', 'not-in-role']],
    about,
  );
}

/** The roles that the documentation marks for each action. */
async function tableIn(file: URL): Promise<ReadonlyMap<string, ReadonlySet<StaffRole>>> {
  const rows = (await readFile(file, 'utf8'))
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`[a-z-]+`$/.test(cells[1] ?? '') && cells.length === 8);
  return new Map(
    rows.map((cells) => [
      (cells[1] ?? '').replaceAll('`', ''),
      new Set(STAFF_ROLES.filter((_role, i) => cells[3 + i] === '●')),
    ]),
  );
}

/** Of a CA that is not accepted yet; nobody approves it. */
function acceptForm(): Form {
  const chosen = { institution: '1394', until: '2027-12-31', 'renew-from': 'at-once' };
  return { ...chosen, certificate: other.certificatePem, reason: '試し' };
}

function endForm(): Form {
  const issuer = parseCertificate(former.der).subjectPublicKeyInfo.der;
  return { institution: '1394', key: hexOf(sha256(issuer)), reason: '試し' };
}
