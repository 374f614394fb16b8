// 電子証明書取得 as people do it: what they were handed is typed in, a PIN chosen where the page asks for one.
import { PUBLIC_PATHS } from '../src/frame/paths.ts';
import { encodePem } from '../src/x509/pem.ts';
import { newKey } from '../test/system/renewal-client.ts';
import { visitorOf } from './login.ts';
import type { Person } from './person.ts';
import type { Letter } from './world.ts';

const TICKET = /name="ticket" value="([^"]+)"/;
const CHOOSES_PIN = /name="new-pin"/;

/** Acquires a certificate by a code; what does not go leads back to whoever vouches. */
export async function acquire(
  person: Person,
  letter: Letter & { readonly code: string },
): Promise<void> {
  const { world, plan } = person;
  const { publicHost } = world.koshin.mihon;
  const origin = `https://${publicHost}:${world.koshin.port}`;
  const visitor = visitorOf(person);
  const entered = {
    contract: plan.contract,
    user: plan.id,
    pin: letter.firstPin ?? (person.knowsPin ? person.pin : 'Wasure123'),
    code: letter.code,
  };
  const page = await visitor.post(origin + PUBLIC_PATHS.acquire, entered);
  const [, ticket = ''] = TICKET.exec(page.body) ?? [];
  if (ticket === '') {
    // The page says that ID, PIN or code is wrong, and nothing more.
    world.tell(plan.id, `acquires nothing: ${page.status} ${page.heading}`);
    world.letters.delete(plan.id);
    if (!person.knowsPin) world.ask(plan.contract, { person: plan.id, what: 'pin' });
    world.ask(plan.contract, { person: plan.id, what: 'certificate' });
    return;
  }
  const choosesPin = CHOOSES_PIN.test(page.body);
  const ownPin = `Sora${plan.id.slice(1)}${person.received.length}a`;
  const key = newKey();
  const form = {
    ...{ ticket, unproven: 'replace', request: key.request },
    ...(choosesPin && { 'new-pin': ownPin, 'new-pin-again': ownPin }),
  };
  const fields = { accept: 'application/json' };
  const answer = await visitor.post(origin + PUBLIC_PATHS.acquireCertificate, form, fields);
  const said: unknown = answer.status === 200 ? JSON.parse(answer.body) : {};
  const der = Buffer.from(String(Reflect.get(Object(said), 'certificate') ?? ''), 'base64');
  if (der.length === 0) throw new Error(`${plan.id} acquires nothing: ${answer.body}`);
  world.letters.delete(plan.id);
  person.pin = choosesPin ? ownPin : entered.pin;
  person.knowsPin = true;
  person.typesUntilLocked = false;
  const shows = { cert: encodePem(new Uint8Array(der), 'CERTIFICATE'), key: key.keyPem };
  await person.receive(shows);
  person.take(shows);
  world.counts.acquisitions += 1;
  world.tell(plan.id, 'acquires a certificate');
}
