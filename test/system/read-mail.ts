// Mails as people read them. No test itself.
import type { Received } from './mail-server.ts';

/** Subject and text without their encodings (RFC 2047; quoted-printable and base64 of RFC 2045 §6). */
export function decoded({ raw }: Pick<Received, 'raw'>) {
  const [head = '', ...rest] = raw.split(/\r?\n\r?\n/);
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ');
  const words = /^Subject: (.*)$/m.exec(unfolded)?.[1] ?? '';
  const subject = words
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_all, b: string) => `\0${b}\0`)
    .replace(
      /=\?utf-8\?q\?([^?]*)\?=/gi,
      (_all, q: string) =>
        `\0${Buffer.from(
          q
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/gi, (_x, h: string) =>
              String.fromCharCode(Number.parseInt(h, 16)),
            ),
          'latin1',
        ).toString('base64')}\0`,
    );
  const bytes = subject
    .split('\0')
    .map((part, i) => Buffer.from(part, i % 2 === 1 ? 'base64' : 'utf8'));
  const text = rest.join('\n\n');
  const isBase64 = /^Content-Transfer-Encoding: base64/im.test(unfolded);
  const body = isBase64
    ? Buffer.from(text, 'base64').toString()
    : Buffer.from(
        text
          .replace(/=\r?\n/g, '')
          .replace(/=([0-9A-F]{2})/gi, (_all, h: string) =>
            String.fromCharCode(Number.parseInt(h, 16)),
          ),
        'latin1',
      ).toString();
  return { subject: Buffer.concat(bytes).toString(), body };
}
