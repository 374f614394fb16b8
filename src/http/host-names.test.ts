import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findSite,
  isHostOf,
  membersOrigins,
  membersSite,
  readHosts,
  siteOf,
} from './host-names.ts';

const MIHON = {
  institution: '1394',
  publicHost: 'mihon.localhost',
  loginHost: 'login.mihon.localhost',
};
const OTHER = {
  institution: '1395',
  publicHost: 'betsu.example',
  loginHost: 'login.betsu.example',
};
const HOSTS = readHosts([MIHON, OTHER], 8443);

const FOUND = [
  { name: 'mihon.localhost', institution: '1394', kind: 'public', label: undefined },
  { name: 'MIHON.LocalHost', institution: '1394', kind: 'public', label: undefined },
  { name: 'login.mihon.localhost', institution: '1394', kind: 'login', label: undefined },
  { name: 'm-0001.login.mihon.localhost', institution: '1394', kind: 'members', label: 'm-0001' },
  { name: 'M-0001.LOGIN.betsu.example', institution: '1395', kind: 'members', label: 'm-0001' },
];
for (const { name, institution, kind, label } of FOUND) {
  test(`${name} is the ${kind} host of ${institution}`, () => {
    const site = findSite(name, HOSTS);
    assert.deepEqual([site?.institution, site?.kind, site?.label], [institution, kind, label]);
    assert.equal(site?.host, name.toLowerCase());
    assert.equal(site?.origin, `https://${name.toLowerCase()}:8443`);
  });
}

const UNKNOWN = [
  'mihon.localhost.',
  'm-0001.login.mihon.localhost.',
  'a.b.login.mihon.localhost',
  '.login.mihon.localhost',
  '-a.login.mihon.localhost',
  'a_b.login.mihon.localhost',
  '*.login.mihon.localhost',
  'm-0001.mihon.localhost',
  'localhost',
  '127.0.0.1',
  '',
  'constructor',
];
for (const name of UNKNOWN) {
  test(`"${name}" is no host of ours`, () => assert.equal(findSite(name, HOSTS), undefined));
}

test('the default port appears neither in authority nor in origin', () => {
  const site = siteOf('1394', 'public', readHosts([MIHON], 443));
  assert.deepEqual([site.authority, site.origin], ['mihon.localhost', 'https://mihon.localhost']);
});

const HOST_HEADERS = [
  { port: 8443, header: 'mihon.localhost:8443', want: true },
  { port: 8443, header: 'Mihon.Localhost:8443', want: true },
  { port: 8443, header: 'mihon.localhost', want: false },
  { port: 8443, header: 'mihon.localhost:443', want: false },
  { port: 8443, header: 'mihon.localhost.:8443', want: false },
  { port: 443, header: 'mihon.localhost', want: true },
  { port: 443, header: 'mihon.localhost:443', want: true },
  { port: 443, header: 'mihon.localhost:8443', want: false },
  { port: 443, header: 'login.mihon.localhost', want: false },
  { port: 443, header: '', want: false },
];
for (const { port, header, want } of HOST_HEADERS) {
  test(`Host "${header}" ${want ? 'names' : 'does not name'} the host on port ${port}`, () => {
    assert.equal(isHostOf(header, siteOf('1394', 'public', readHosts([MIHON], port))), want);
  });
}

test("a label leads to the institution's own members' host", () => {
  assert.equal(membersSite('1395', 'm-0042', HOSTS).host, 'm-0042.login.betsu.example');
  assert.equal(membersOrigins('1395', HOSTS), 'https://*.login.betsu.example:8443');
  assert.throws(() => membersSite('1395', 'a.b', HOSTS), /no label/);
  assert.throws(() => membersSite('9999', 'm-0042', HOSTS), /no login host/);
});

const COLLIDING = [
  { name: 'the same public host', other: { ...OTHER, publicHost: MIHON.publicHost } },
  {
    name: "a public host under another's login host",
    other: { ...OTHER, publicHost: 'x.login.mihon.localhost' },
  },
  { name: 'an upper-case host', other: { ...OTHER, publicHost: 'Betsu.example' } },
  { name: 'a trailing dot', other: { ...OTHER, publicHost: 'betsu.example.' } },
];
for (const { name, other } of COLLIDING) {
  test(`${name} is refused when the hosts are read`, () => {
    assert.throws(() => readHosts([MIHON, other], 443));
  });
}
