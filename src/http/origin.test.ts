import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { post } from '../../test/raw-requests.ts';
import { closeAll, MEMBERS, OWN, PORT, SIBLING, send } from '../../test/test-front.ts';

after(closeAll);

const ORIGINS: readonly { name: string; path?: string; fields: readonly string[]; want: number }[] =
  [
    { name: 'its own Origin', fields: [`Origin: https://${MEMBERS}:${PORT}`], want: 200 },
    { name: 'no Origin', fields: [], want: 403 },
    { name: 'Origin null', fields: ['Origin: null'], want: 403 },
    {
      name: 'its own Origin by plain HTTP',
      fields: [`Origin: http://${MEMBERS}:${PORT}`],
      want: 403,
    },
    { name: 'its own Origin on another port', fields: [`Origin: https://${MEMBERS}`], want: 403 },
    { name: "a sibling's Origin", fields: [`Origin: https://${SIBLING}:${PORT}`], want: 403 },
    { name: "the public host's Origin", fields: [OWN], want: 403 },
    {
      name: 'its own Origin from another site',
      fields: [`Origin: https://${MEMBERS}:${PORT}`, 'Sec-Fetch-Site: cross-site'],
      want: 403,
    },
    {
      name: 'its own Origin from the same site',
      fields: [`Origin: https://${MEMBERS}:${PORT}`, 'Sec-Fetch-Site: same-site'],
      want: 403,
    },
    {
      name: 'its own Origin from itself',
      fields: [`Origin: https://${MEMBERS}:${PORT}`, 'Sec-Fetch-Site: same-origin'],
      want: 200,
    },
    {
      name: "a sibling's Origin where that is allowed",
      path: '/confirm',
      fields: [`Origin: https://${SIBLING}:${PORT}`, 'Sec-Fetch-Site: same-site'],
      want: 200,
    },
    {
      name: "a sibling's Origin from another site",
      path: '/confirm',
      fields: [`Origin: https://${SIBLING}:${PORT}`, 'Sec-Fetch-Site: cross-site'],
      want: 403,
    },
    {
      name: "the public host's Origin where siblings are allowed",
      path: '/confirm',
      fields: [OWN],
      want: 403,
    },
    {
      name: "another institution's sibling",
      path: '/confirm',
      fields: [`Origin: https://m-0002.login.betsu.test:${PORT}`],
      want: 403,
    },
    { name: 'no Origin where siblings are allowed', path: '/confirm', fields: [], want: 403 },
    {
      name: 'a sibling that is not written as browsers do',
      path: '/confirm',
      fields: [`Origin: https://M-0002.login.mihon.test:${PORT}/`],
      want: 403,
    },
  ];
for (const { name, path = '/form', fields, want } of ORIGINS) {
  test(`a POST with ${name} is answered with ${want}`, async () => {
    assert.equal((await send(post(path, 'a=b', ...fields), MEMBERS)).status, want);
  });
}
