// A hundred thousand users from a file: sent, looked through, approved and done, whole and contract by contract, and
// beside them the same lines by PostgreSQL's own COPY into a table without keys, which checks and records nothing.
import pg from 'pg';
import type { ImportUnit } from '../src/banking/import-plan.ts';
import { DEFAULT_POLICY } from '../src/banking/policy.ts';
import { systemClock } from '../src/clock.ts';
import { planImport } from '../src/operations/plan-import.ts';
import { workOnImports } from '../src/operations/work-on-imports.ts';
import { type Db, openDatabase } from '../src/store/database.ts';
import { connectionTo } from '../src/store/database-address.ts';
import { approvedImport } from '../test/system/approved-import.ts';
import type { Figure } from './figure.ts';
import { FAULTS_ALONE, openOwnDatabase } from './own-database.ts';

const CONTRACTS = 5_000;
const USERS_EACH = 20;
const USERS = CONTRACTS * USERS_EACH;
const BAR = { below: 60 };

const FILL = `
  insert into institution (institution, kind, name, name_english, public_host, members_domain,
      passkey_domain, publication_base, certificate_policy, contact, created_at)
    values ('1394', 'bank', 'みほん信用金庫', 'Mihon', 'm.example', 's.m.example', 's.m.example',
      'http://ca.example', '2.999.1394.1', '{}', now()),
    ('0000', 'staff', '業務', 'Staff', 'w.example', 's.w.example', 's.w.example',
      'http://ca.example', '2.999.1394.2', '{}', now());
  insert into policy values ('1394', 1, '${JSON.stringify(DEFAULT_POLICY)}', now());
  insert into contract (institution, contract, name, created_at) values ('0000', '00000000000', '業務', now());
  insert into person (institution, contract, user_id, name, role, created_at)
    select '0000', '00000000000', id, id, 'user', now() from unnest(array['tanto01', 'shonin01']) id;
  insert into staff_member select '0000', '00000000000', id, 'approver', null, now()
    from unnest(array['tanto01', 'shonin01']) id;
  create table bare (contract text, contract_name text, contract_kana text, postal_code text,
    address text, user_id text, name text, kana text, role text, mail text);`;

/** Yields seconds of each way, users a second, and how many times the bare COPY it takes. */
export async function* importUsers(): AsyncGenerator<Figure> {
  await using opened = new AsyncDisposableStack();
  const { server } = opened.use(await openOwnDatabase());
  const owner = new pg.Client(connectionTo(server.address('koshin_owner')));
  await owner.connect();
  opened.defer(() => owner.end());
  await owner.query(FILL);
  const db = openDatabase(server.address('koshin_app'), { log: FAULTS_ALONE });
  opened.defer(() => db.destroy());
  const copied = await seconds(async () => await copy(fileOf(0), owner));
  yield { name: 'import.bare-copy', value: copied, unit: 's' };
  for (const [place, unit] of (['file', 'contract'] as const).entries()) {
    const file = fileOf((place + 1) * CONTRACTS);
    const looked = await seconds(async () => await plan(file, unit, db));
    yield { name: `import.dry-run.by-${unit}`, value: looked, unit: 's' };
    await approvedImport(file, unit, { db, clock: systemClock });
    const done = await seconds(async () => void (await workOnImports({ db, clock: systemClock })));
    const { rows } = await owner.query(
      "select count(*)::integer as count from person where institution = '1394'",
    );
    const there: unknown = rows[0]?.count;
    if (there !== USERS * (place + 1)) throw new Error(`there are ${String(there)} users`);
    yield { name: `import.done.by-${unit}`, value: done, unit: 's', bar: BAR };
    yield { name: `import.rate.by-${unit}`, value: USERS / done, unit: 'users/s' };
    yield { name: `import.beside-copy.by-${unit}`, value: done / copied, unit: 'times' };
  }
}

async function plan(file: Uint8Array, unit: ImportUnit, db: Db): Promise<void> {
  const asked = { institution: '1394', encoding: 'auto', unit, policy: DEFAULT_POLICY } as const;
  await planImport(file, asked, { db, onProgress: async () => {} });
}

const HEADER =
  'ご契約先ID,ご契約先名,ご契約先名カナ,郵便番号,住所,利用者ID,氏名,氏名カナ,区分,メールアドレス\r\n';

function fileOf(from: number): Uint8Array {
  const lines = Array.from({ length: USERS }, (_, at) => {
    const contract = String(from + Math.floor(at / USERS_EACH) + 1).padStart(11, '0');
    const user = at % USERS_EACH;
    const role = user === 0 ? '管理者' : '利用者';
    const company = `株式会社みほん商事${contract},カブシキガイシャミホンショウジ,1000001,東京都千代田区千代田1番1号`;
    return `${contract},${company},user${user},髙橋 太郎${user},タカハシ タロウ,${role},u${at}@example.jp\r\n`;
  });
  return Buffer.from(HEADER + lines.join(''));
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** What the driver's connections can do besides what is declared of them. */
type CopyingConnection = pg.Connection & {
  readonly sendCopyFromChunk: (chunk: Uint8Array) => void;
  readonly endCopyFrom: () => void;
};

/** COPY from the client, as psql does it; the driver knows the messages and leaves the rest to who uses them. */
async function copy(file: Uint8Array, client: pg.Client): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const copying = new pg.Query('copy bare from stdin with (format csv, header)');
  const answers = {
    handleCopyInResponse: (connection: CopyingConnection) => {
      connection.sendCopyFromChunk(file);
      connection.endCopyFrom();
    },
  };
  Object.assign(copying, answers);
  copying.on('end', () => resolve());
  copying.on('error', reject);
  client.query(copying);
  await promise;
}
