import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { connect } from 'node:tls';
import fc from 'fast-check';
import { Refusal } from '../errors.ts';
import { readClientHello } from './client-hello.ts';

const HELLO = await captureHello({ servername: 'm-0007.login.mihon.localhost' });
const NAMELESS = await captureHello({});

/** The first bytes that Node's own TLS client sends. */
async function captureHello(options: { servername?: string }): Promise<Buffer> {
  return await new Promise((resolve) => {
    const wire = new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, done) {
        resolve(chunk);
        done();
      },
    });
    connect({ socket: wire, ...options }).on('error', () => {});
  });
}

/** Cuts the message of one record into records of at most `size` bytes. */
function cutIntoRecords(hello: Buffer, size: number): Buffer {
  const message = hello.subarray(5);
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    const fragment = message.subarray(at, at + size);
    records.push(Buffer.from([22, 3, 1, fragment.length >> 8, fragment.length & 255]), fragment);
  }
  return Buffer.concat(records);
}

/** A greeting with the extensions given as hex. */
function helloWith(extensionsHex: string): Buffer {
  const extensions = Buffer.from(extensionsHex, 'hex');
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32, 7),
    Buffer.from([0, 0, 2, 0x13, 0x01, 1, 0]),
    Buffer.from([extensions.length >> 8, extensions.length & 255]),
    extensions,
  ]);
  const message = Buffer.concat([Buffer.from([1, 0, body.length >> 8, body.length & 255]), body]);
  return Buffer.concat([
    Buffer.from([22, 3, 1, message.length >> 8, message.length & 255]),
    message,
  ]);
}

const read = (bytes: Uint8Array) => readClientHello(bytes);
const isMalformed = (error: unknown) => error instanceof Refusal && error.code === 'malformed';

test("the server name of a real client's greeting is read", () => {
  assert.deepEqual(read(HELLO), { complete: true, serverName: 'm-0007.login.mihon.localhost' });
});

test('a greeting without a server name has none', () => {
  assert.deepEqual(read(NAMELESS), { complete: true, serverName: undefined });
});

test('every shorter prefix asks for more than it has, never for more than the whole', () => {
  for (let length = 0; length < HELLO.length; length++) {
    const reading = read(HELLO.subarray(0, length));
    assert.ok(!reading.complete);
    assert.ok(reading.needBytes > length && reading.needBytes <= HELLO.length);
  }
});

test('bytes that follow the greeting are not looked at', () => {
  assert.equal(read(Buffer.concat([HELLO, Buffer.from('junk')])).complete, true);
});

test('a greeting cut into several records is put together', () => {
  const cut = cutIntoRecords(HELLO, Math.ceil(HELLO.length / 20));
  assert.deepEqual(read(cut), read(HELLO));
});

test('a greeting cut into records of one byte is refused', () => {
  assert.throws(() => read(cutIntoRecords(HELLO, 1)), isMalformed);
});

const BROKEN: readonly { name: string; bytes: Uint8Array }[] = [
  { name: 'plain HTTP', bytes: Buffer.from('GET / HTTP/1.1\r\n') },
  { name: 'the first letter of plain HTTP', bytes: Buffer.from('G') },
  { name: 'SSL 2', bytes: Buffer.from('802e0100020015', 'hex') },
  { name: 'an empty record', bytes: Buffer.from('1603010000', 'hex') },
  { name: 'a record beyond 2^14 bytes', bytes: Buffer.from('1603014001', 'hex') },
  { name: 'a ServerHello', bytes: Buffer.from('160301000402000000', 'hex') },
  { name: 'a message that announces 16 MiB', bytes: Buffer.from('160301000401ffffff', 'hex') },
  { name: 'bytes after the message', bytes: Buffer.from('16030100050100000000', 'hex') },
  { name: 'an empty message', bytes: Buffer.from('160301000401000000', 'hex') },
  {
    name: 'two server_name extensions',
    bytes: helloWith('0000000600040000016100000006000400000161'),
  },
  { name: 'two names', bytes: helloWith('0000000a00080000016100000162') },
  { name: 'an empty name', bytes: helloWith('00000005000300000000') },
  { name: 'a name with a NUL', bytes: helloWith('00000006000400000100') },
  { name: 'a name beyond its list', bytes: helloWith('00000006000400000961') },
  { name: 'an extension beyond the end', bytes: helloWith('00000009000400000161') },
];
for (const { name, bytes } of BROKEN) {
  test(`${name} is refused`, () => assert.throws(() => read(bytes), isMalformed));
}

test('a greeting beyond 64 KiB is refused from its headers', () => {
  const record = Buffer.concat([Buffer.from('1603014000', 'hex'), Buffer.alloc(16_384, 1)]);
  const first = Buffer.concat([Buffer.from('1603014000', 'hex'), Buffer.from('0100ffff', 'hex')]);
  const padded = Buffer.concat([first, Buffer.alloc(16_380, 1), record, record, record]);
  assert.throws(() => read(padded), isMalformed);
});

test('any bytes give a reading or a refusal, nothing else', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([HELLO.subarray(0, 9), tail])),
    fc.tuple(fc.nat(HELLO.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
      const changed = Buffer.from(HELLO);
      changed[at] = (changed[at] ?? 0) ^ flip;
      return changed;
    }),
  );
  fc.assert(
    fc.property(anything, (bytes) => {
      try {
        read(bytes);
      } catch (error) {
        assert.ok(isMalformed(error), String(error));
      }
    }),
    { numRuns: 3000 },
  );
});
