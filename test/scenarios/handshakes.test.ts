// What the handshake gives away and takes, with openssl as the visitor: no session to resume, this
// institution's issuing CA and no other name, no host of another kind.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { createServer } from 'node:tls';
import { PIN } from '../../src/words/login.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { makeCustomer, visitorOf } from '../system/customers.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed';

let koshin: TestKoshin;
let shown: readonly string[];

type Choice = { readonly args?: readonly string[]; readonly port?: number; readonly path?: string };

suite('handshakes', { skip }, () => {
  before(async () => {
    koshin = await openTestKoshin({ otherNames: 'of-its-own' });
    const file = join(koshin.folder, 'mine.pem');
    const { cert, key } = (await makeCustomer('suzuki01', koshin)).shows;
    await writeFile(file, cert + key);
    shown = ['-cert', file, '-key', file];
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  for (const which of ['mihon', 'betsu'] as const) {
    test(`a session kept at a host of mihon opens nothing at a host of ${which}`, async () => {
      const file = join(koshin.folder, `session-for-${which}`);
      const first = await entrance();
      const heard = await talk(first.host, { ...first, args: [...shown, '-sess_out', file] });
      assert.ok(heard.includes(PIN.title.ja), heard);
      // The library gives a ticket all the same; here it stands for nothing.
      assert.ok(existsSync(file));
      const second = await entrance(which);
      const without = await talk(second.host, { ...second, args: ['-sess_in', file] });
      assert.match(without, /New, TLSv1\.3/);
      assert.ok(without.includes(REFUSALS['no-certificate'].title.ja), without);
    });
  }

  test('a session that another server gave is not resumed: the handshake is made in full', async () => {
    const file = join(koshin.folder, 'session-from-elsewhere');
    const { membersDomain } = koshin.mihon;
    // The same key and certificate, but a server that gives tickets.
    await using elsewhere = await serverWithTickets(membersDomain);
    const { host, path } = await entrance();
    const first = await talk(host, { args: ['-sess_out', file], port: elsewhere.port });
    assert.match(first, /New Session Ticket arrived/);
    const again = await talk(host, { args: ['-sess_in', file], port: elsewhere.port });
    assert.match(again, /Reused, TLSv1\.3/);
    const heard = await talk(host, { args: [...shown, '-sess_in', file], path });
    assert.match(heard, /New, TLSv1\.3/);
    assert.ok(heard.includes(PIN.title.ja), heard);
  });

  for (const { which, wants } of [
    { which: 'mihon' as const, wants: 'みほん信用金庫 利用者認証局' },
    { which: 'betsu' as const, wants: 'べつの信用金庫 利用者認証局' },
  ]) {
    test(`the handshake of ${which} names its issuing CA, and only that`, async () => {
      const names = namesIn(await talk(`m-0001.${koshin[which].membersDomain}`));
      assert.equal(names.length, 1);
      assert.ok(names[0]?.endsWith(`CN=${wants}`), names.join());
    });
  }

  for (const kind of ['publicHost', 'membersDomain'] as const) {
    test(`the ${kind === 'publicHost' ? 'public' : 'login'} host asks for no certificate`, async () => {
      const heard = await talk(koshin.mihon[kind]);
      assert.match(heard, /No client certificate CA names sent/);
      assert.doesNotMatch(heard, /Requested Signature Algorithms/);
    });
  }

  for (const { name, host, args } of [
    { name: 'a host that nobody knows', host: 'evil.example', args: [] },
    { name: 'a label below a label', host: 'a.m-0001.login.mihon.localhost', args: [] },
    { name: 'no name', host: 'mihon.localhost', args: ['-noservername'] },
    { name: 'a known name by TLS 1.2', host: 'm-0001.login.mihon.localhost', args: ['-tls1_2'] },
  ]) {
    test(`no handshake with ${name}`, async () => {
      assert.match(await talk(host, { args }), /New, \(NONE\), Cipher is \(NONE\)/);
    });
  }

  test('nothing but HTTP/1.1 is spoken', async () => {
    const heard = await talk('m-0001.login.mihon.localhost', { args: ['-alpn', 'h2,http/1.1'] });
    assert.match(heard, /ALPN protocol: http\/1\.1/);
    const only = await talk('m-0001.login.mihon.localhost', { args: ['-alpn', 'h2'] });
    assert.doesNotMatch(only, /HTTP\/1\.1 \d/);
  });
});

/** Says one request by `openssl s_client` and returns everything it told. */
async function talk(host: string, { args = [], port, path = '/' }: Choice = {}): Promise<string> {
  const where = `127.0.0.1:${port ?? koshin.port}`;
  const name = args.includes('-noservername') ? [] : ['-servername', host];
  const client = spawn(
    'openssl',
    [
      's_client',
      '-connect',
      where,
      ...name,
      '-nameopt',
      'utf8,sep_comma_plus',
      '-ign_eof',
      ...args,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(client, 'close');
  // A refused handshake closes the pipe before the request is through.
  client.stdin.on('error', () => {});
  client.stdin.end(
    `GET ${path} HTTP/1.1\r\nHost: ${host}:${port ?? koshin.port}\r\nConnection: close\r\n\r\n`,
  );
  const [out, err] = await Promise.all([text(client.stdout), text(client.stderr)]);
  await ended;
  return out + err;
}

async function entrance(
  which: 'mihon' | 'betsu' = 'mihon',
): Promise<{ readonly host: string; readonly path: string }> {
  const top = `https://${koshin[which].publicHost}:${koshin.port}`;
  const { location } = await visitorOf(koshin).get(`${top}/login`);
  const { hostname, pathname, search } = new URL(location);
  return { host: hostname, path: pathname + search };
}

/** The names under "Acceptable client certificate CA names". */
function namesIn(heard: string): readonly string[] {
  const list = /client certificate CA names\n(.*?)\n(?:Client|Requested)/s.exec(heard)?.[1] ?? '';
  return list.split('\n').filter((line) => line !== '');
}

async function serverWithTickets(name: string) {
  const folder = koshin.house.tlsFolder;
  const server = createServer(
    {
      cert: await readFile(join(folder, `${name}.pem`)),
      key: await readFile(join(folder, `${name}.key`)),
    },
    (socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
      socket.on('error', () => {});
    },
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
