// Founding an institution: what would stop the installation later is refused before anything is
// made, in one line that names the field; and two at once cannot both take a name.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSettings } from '../../src/config/settings.ts';
import { loadBanks } from '../../src/operations/load-bank.ts';
import { parseFounding } from '../../src/operations/parse-founding.ts';
import { SAMPLE_AUTHORITIES, sampleInstitution } from '../../src/sample/institution.ts';
import { type House, openHouse, type Surroundings } from '../../src/start/house.ts';
import { found } from '../../src/start/institutions.ts';
import { listAllAuthorities, listInstitutions } from '../../src/store/institutions.ts';
import { settableClock } from './test-bank.ts';
import { openTestDatabase, quietLog } from './test-database.ts';
import { urlOf } from './test-koshin.ts';

const MIHON = { ...sampleInstitution(8080), ...SAMPLE_AUTHORITIES };
const { passkeyDomain: _mihons, ...LIKE_MIHON } = MIHON;
const BETSU = {
  ...LIKE_MIHON,
  code: '1395',
  name: 'べつの信用金庫',
  publicHost: 'betsu.example',
  membersDomain: 'login.betsu.example',
};

const UNFIT: readonly { readonly name: string; readonly file: object; readonly says: RegExp }[] = [
  {
    name: 'a public host that is no host name',
    file: { publicHost: '-..bad' },
    says: /^publicHost or membersDomain: -\.\.bad is no host name: .*$/,
  },
  {
    name: "a public host below another's members' domain",
    file: { publicHost: `x.${MIHON.membersDomain}` },
    says: /^publicHost or membersDomain: host name x\.login\.mihon\.localhost is a members' host$/,
  },
  {
    name: "a members' domain above another's hosts",
    file: { membersDomain: 'mihon.localhost' },
    says: /^publicHost or membersDomain: host name mihon\.localhost is given twice$/,
  },
  { name: 'a code in use', file: { code: '1394' }, says: /^code: .* 1394 already$/ },
  {
    name: 'one name for both CAs',
    file: { rootName: 'べつ認証局', issuingName: 'べつ認証局' },
    says: /^rootName and issuingName are the same$/,
  },
  {
    name: "another CA's name",
    file: { name: MIHON.name },
    says: /^rootName: another CA of this installation has that name$/,
  },
];

test('what would stop the installation is not founded, and no key is made for it', async (t) => {
  await using opened = await openEmptyHouse();
  const { house, around } = opened;
  await found(parseFounding(JSON.stringify(MIHON)), house, around);
  const keys = await readdir(house.keysFolder);
  for (const { name, file, says } of UNFIT) {
    await t.test(`${name} is refused in one line`, async () => {
      const founding = parseFounding(JSON.stringify({ ...BETSU, ...file }));
      await assert.rejects(found(founding, house, around), {
        code: 'invalid-input',
        message: says,
      });
      assert.deepEqual(await readdir(house.keysFolder), keys);
      assert.equal((await listInstitutions(house.db)).length, 1);
    });
  }
  await found(parseFounding(JSON.stringify(BETSU)), house, around);
  assert.equal((await listInstitutions(house.db)).length, 2);
});

test("the bank's own certificate policy is kept, and written into what its CA issues", async () => {
  await using opened = await openEmptyHouse();
  const { house, around } = opened;
  const certificatePolicy = '1.2.392.200091.100.1';
  await found(parseFounding(JSON.stringify({ ...MIHON, certificatePolicy })), house, around);
  const [bank] = await loadBanks(house);
  assert.equal(bank?.certificatePolicy, certificatePolicy);
  assert.equal(bank.authority.issuer.places.policy, certificatePolicy);
});

test('of two founded at once with the same names of CAs, or the same hosts, one is refused', async () => {
  await using opened = await openEmptyHouse();
  const { house } = opened;
  const sameNames = parseFounding(JSON.stringify({ ...BETSU, name: MIHON.name }));
  assert.deepEqual(await outcomes([parseFounding(JSON.stringify(MIHON)), sameNames], opened), [
    'founded',
    'rootName: another CA of this installation has that name',
  ]);
  assert.equal((await listAllAuthorities(house.db)).length, 2);
  const third = { ...BETSU, code: '1396', name: '三つ目の信用金庫', publicHost: 'c.example' };
  const fourth = { ...third, code: '1397', name: '四つ目の信用金庫', publicHost: 'd.example' };
  const both = [third, fourth].map((file) =>
    parseFounding(JSON.stringify({ ...file, membersDomain: 'login.c.example' })),
  );
  assert.deepEqual(await outcomes(both, opened), [
    'founded',
    'publicHost or membersDomain: host name login.c.example is given twice',
  ]);
  assert.equal((await listInstitutions(house.db)).length, 2);
});

type Opened = { readonly house: House; readonly around: Surroundings };

async function outcomes(
  foundings: readonly Parameters<typeof found>[0][],
  { house, around }: Opened,
): Promise<readonly string[]> {
  const settled = await Promise.allSettled(foundings.map((one) => found(one, house, around)));
  return settled
    .map((one) => {
      if (one.status === 'fulfilled') return 'founded';
      return one.reason instanceof Error ? one.reason.message : String(one.reason);
    })
    .sort();
}

async function openEmptyHouse(): Promise<Opened & AsyncDisposable> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-founding-'));
  opened.defer(async () => await rm(folder, { recursive: true }));
  const { address } = opened.use(await openTestDatabase());
  const settings = readSettings({
    KOSHIN_DATA: folder,
    KOSHIN_DATABASE_URL: urlOf(address),
    KOSHIN_PIN_MEMORY_KIB: '8',
    KOSHIN_PIN_PASSES: '1',
    KOSHIN_PIN_THREADS: '1',
  });
  const around = { settings, clock: settableClock('2027-01-05T03:00:00Z'), log: quietLog };
  const house = opened.use(await openHouse(around));
  const kept = opened.move();
  return { house, around, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
