// What staff send to ask for something, as their pages fill it. No test itself.
import { type AtConsole, formOn, look } from './staff.ts';
import { TEST_CONTRACT } from './test-koshin.ts';

type Form = Readonly<Record<string, string>>;

/** As the page fills it, but for one figure. */
export async function policyForm(asker: AtConsole): Promise<Form> {
  const { body } = await look(asker, '/console/orders/new/change-policy?institution=1394');
  const inputs = [...body.matchAll(/<input [^>]*name="([^"]+)" value="([^"]*)"/g)];
  const filled = Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]));
  const { 'form-token': _token, ...fields } = filled;
  const switches = {
    revokeFirst: 'no',
    freezesAfterReissue: 'yes',
    deviceBoundOnly: 'no',
    monthInName: 'yes',
    mailDayAfterEnd: 'yes',
    mailsCodeAfterEnd: 'yes',
  };
  const chosen = { renewalExtends: 'old-end', keyHomes: 'device file' };
  return { ...fields, ...switches, ...chosen, graceDays: '80', reason: '試し' };
}

/** As the page fills it, with an address. */
export async function contractChangeForm(asker: AtConsole): Promise<Form> {
  const path = `/console/orders/new/change-contract?institution=1394&contract=${TEST_CONTRACT}`;
  return { ...formOn(await look(asker, path)), address: '東京都千代田区1-1', reason: '試し' };
}

/** As the page fills it, with another name. */
export async function personForm(asker: AtConsole): Promise<Form> {
  const known = `institution=1394&contract=${TEST_CONTRACT}&user=kanri01`;
  const path = `/console/orders/new/change-person?${known}`;
  return { ...formOn(await look(asker, path)), name: '試し 太郎', reason: '試し' };
}

/** The contract. */
export function closingForm(): Form {
  return { institution: '1394', contract: TEST_CONTRACT, reason: '試し' };
}

/** A reissue. */
export function administratorForm(): Form {
  const known = { institution: '1394', contract: TEST_CONTRACT, user: 'kanri01', slot: '1' };
  return { ...known, action: 'reissue', reissue: 'lost', reason: '試し' };
}

/** To everybody. */
export function noticeForm(): Form {
  return { institution: '1394', important: 'no', title: '試し', body: '試し', reason: '試し' };
}
