// A program: nothing but mutual TLS in Node, with as many processes as Koshin has, and a small body.
// Arguments: port, processes, key pair without its ending, file of the authority that is named.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const [port, processes, keyPair, authority = ''] = process.argv.slice(2);

if (cluster.isPrimary) {
  for (let i = 0; i < Number(processes); i++) await once(cluster.fork(), 'listening');
  console.log('open');
} else {
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
      response.end('{}');
    },
  );
  server.listen({ port: Number(port), host: '127.0.0.1' });
}
