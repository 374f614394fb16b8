// Letters into a folder, one `.eml` file each, where there is no mail server: the sample's, and a newcomer reads them.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Courier } from './courier.ts';

/** Writes into the folder, which it makes; a letter that is written again takes its own place. */
export function folderCourier(folder: string): Courier {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    carry: async ({ messageId, ...letter }) => {
      const { message } = await transport.sendMail({ ...letter, messageId: `<${messageId}>` });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const day = letter.date.toISOString().slice(0, 10);
      const file = join(folder, `${day}-${messageId.replace(/@.*/, '')}.eml`);
      await writeFile(`${file}.new`, message, { mode: 0o600 });
      await rename(`${file}.new`, file);
      return 'taken';
    },
    [Symbol.asyncDispose]: async () => transport.close(),
  };
}
