// Staff of a running test system, each logged in, and how they ask and decide. No test itself.
import { STAFF_CONTRACT, type StaffRole, type StaffScope } from '../../src/banking/staff.ts';
import { appointStaff } from '../../src/operations/appoint-staff.ts';
import { type Holding, loggedIn, makeCustomer } from './customers.ts';
import type { TestKoshin } from './test-koshin.ts';
import type { Answer, Visitor } from './visitor.ts';

/** A staff member at the console. */
export type AtConsole = {
  readonly user: string;
  readonly holding: Holding;
  readonly visitor: Visitor;
  readonly origin: string;
};

/** Makes a staff member with a certificate and logs them in. */
export async function staffAt(
  koshin: TestKoshin,
  user: string,
  appointed: { readonly role: StaffRole; readonly scope: StaffScope },
): Promise<AtConsole> {
  const holding = await makeCustomer(user, koshin, {
    bank: staffHouseOf(koshin),
    contract: STAFF_CONTRACT,
  });
  await appoint(koshin, user, appointed);
  return await arriveAt(koshin, user, holding);
}

/** Another window of the same staff member. */
export async function arriveAt(
  koshin: TestKoshin,
  user: string,
  holding: Holding,
): Promise<AtConsole> {
  const arrived = await loggedIn(koshin, holding, { bank: staffHouseOf(koshin) });
  return { user, holding, ...arrived };
}

/** Gives a staff member another role and scope. */
export async function appoint(
  { house, clock }: TestKoshin,
  user: string,
  appointed: { readonly role: StaffRole; readonly scope: StaffScope },
): Promise<void> {
  await appointStaff({ user, ...appointed }, { db: house.db, clock });
}

/** Asks for a page of the console. */
export async function look({ visitor, origin }: AtConsole, path: string): Promise<Answer> {
  return await visitor.get(origin + path);
}

/** Sends a form of the console, with the token of a page of the same session. */
export async function send(
  staff: AtConsole,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { formToken = '' } = await look(staff, '/notices');
  return await staff.visitor.post(staff.origin + path, { 'form-token': formToken, ...form });
}

/** Sends a file of users as its page does; the address of its page. */
export async function sendFile(
  staff: AtConsole,
  octets: Uint8Array,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { formToken = '' } = await look(staff, '/notices');
  const data = new FormData();
  const fields = { 'form-token': formToken, institution: '1394', unit: 'file', encoding: 'auto' };
  for (const [name, value] of Object.entries({ ...fields, ...more })) data.set(name, value);
  data.set('file', new Blob([Uint8Array.from(octets)]), '利用者.csv');
  return await staff.visitor.upload(`${staff.origin}/console/imports`, data);
}

/** The form of a new contract. */
export function contractForm(
  contract: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    institution: '1394',
    contract,
    name: '株式会社あおば工業',
    kana: 'ｱｵﾊﾞｺｳｷﾞｮｳ',
    user: 'aoba01',
    'user-name': '青葉 太郎',
    'user-kana': 'あおば たろう',
    reason: '申込書 第12号',
    reference: '12',
    ...more,
  };
}

/** Text of markup in which characters are written by their numbers. */
export function unescaped(markup: string): string {
  return markup.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** The fields of a page's form, as they stand there. */
export function formOn({ body }: Answer): Readonly<Record<string, string>> {
  const inputs = [...body.matchAll(/<input [^>]*name="([^"]+)" value="([^"]*)"/g)];
  const selects = [...body.matchAll(/<select id="([^"]+)".*?<\/select>/gs)].map(
    ([markup, name]) =>
      [markup, name, /<option value="([^"]*)" selected/.exec(markup)?.[1]] as const,
  );
  return Object.fromEntries(
    [...inputs, ...selects].flatMap(([, name = '', value = '']) =>
      name === 'form-token' ? [] : [[name, unescaped(value)]],
    ),
  );
}

/** Address of the order that an answer leads to. */
export function orderAt({ location }: Answer): string {
  return location.replace('?done=sent', '');
}

/** The sum that a page of an order shows. */
export function sumOn({ body }: Answer): string {
  return /class="mono sum"[^>]*>([0-9a-f]{64})</.exec(body)?.[1] ?? '';
}

/** Approves an order as its page does. */
export async function approve(staff: AtConsole, order: string): Promise<Answer> {
  const payload = sumOn(await look(staff, order));
  return await send(staff, `${order}/approve`, { payload });
}

function staffHouseOf({ staffHouse }: TestKoshin) {
  if (staffHouse === undefined) throw new Error('this system has no staff house');
  return staffHouse;
}
