// A program: nothing but mutual TLS in Node, with as many processes as Koshin has, and a small body. With a database,
// an answer of a certificate's size after one row was read by its key and one written, each a transaction.
// Arguments: port, processes, key pair without its ending, file of the authority that is named, address of a database.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import pg from 'pg';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';
import { BARE_ROWS, BARE_TABLES } from './bare-tables.ts';

const [port, processes, keyPair, authority = '', database] = process.argv.slice(2);
const CONNECTIONS = 8;
const DER = Buffer.alloc(900, 1);
const ANSWER = JSON.stringify({ der: DER.toString('base64') });

if (cluster.isPrimary) {
  for (let i = 0; i < Number(processes); i++) await once(cluster.fork(), 'listening');
  console.log('open');
} else {
  const answer =
    database === undefined ? answerAtOnce : answerFrom(JSON.parse(database) as DatabaseAddress);
  const server = createServer(
    {
      cert: readFileSync(`${keyPair}.pem`),
      key: readFileSync(`${keyPair}.key`),
      ca: readFileSync(authority),
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    },
    (request, response) => {
      request.resume();
      answer(response);
    },
  );
  server.listen({ port: Number(port), host: '127.0.0.1' });
}

function answerAtOnce(response: ServerResponse): void {
  response.end('{}');
}

function answerFrom(address: DatabaseAddress): (response: ServerResponse) => void {
  const pool = new pg.Pool({ ...connectionTo(address), max: CONNECTIONS });
  let asked = 0;
  const work = async () => {
    asked += 1;
    const { read, written } = BARE_TABLES;
    await pool.query({
      name: 'read',
      text: `select body from ${read} where id = $1`,
      values: [asked % BARE_ROWS],
    });
    await pool.query({
      name: 'write',
      text: `insert into ${written} (body) values ($1)`,
      values: [DER],
    });
  };
  return (response) => {
    work().then(
      () => response.end(ANSWER),
      (error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  };
}
