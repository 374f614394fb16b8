// Runs the openssl program as the second opinion on what Koshin encodes and decodes.
// Not for the product: tests only.
import { execFileSync, spawnSync } from 'node:child_process';

/** What openssl prints for these arguments with `input` on its standard input; throws if it fails. */
export function openssl(args: readonly string[], input: Uint8Array | string = ''): string {
  return execFileSync('openssl', args, {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Octets that openssl writes for these arguments. */
export function opensslOctets(
  args: readonly string[],
  input: Uint8Array | string = '',
): Uint8Array {
  return new Uint8Array(execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'pipe'] }));
}

/** Whether openssl ends well for these arguments. */
export function opensslAccepts(args: readonly string[], input: Uint8Array | string = ''): boolean {
  return spawnSync('openssl', args, { input }).status === 0;
}

/** What openssl prints on its standard output, however it ends. */
export function opensslSays(args: readonly string[], input: Uint8Array | string = ''): string {
  return spawnSync('openssl', args, { input, encoding: 'utf8' }).stdout;
}
