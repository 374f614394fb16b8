// 更新 to 完了 as people do it, with what goes wrong in between. Whatever is left undone is done at a later
// login, by what the pages say then.
import { MEMBER_PATHS } from '../src/frame/paths.ts';
import {
  beginProof,
  codeOf,
  type InSession,
  newKey,
  presentProof,
  type Renewed,
  renew as request,
} from '../test/system/renewal-client.ts';
import type { ClientIdentity } from '../test/system/visitor.ts';
import { KEEPS_OLD, type Mishap } from './habits.ts';
import type { Opened } from './login.ts';
import { refusalOn } from './login.ts';
import type { Person } from './person.ts';

const NOTICE = '電子証明書の更新をお願いします';

/** Whether the notice of the renewal stands among the notices. */
const noticed = new WeakMap<InSession, boolean>();

/** Reads the notices of a session that has just opened; true where a PIN of one's own had to be chosen first. */
export async function chooseOwnPin(person: Person, opened: Opened): Promise<boolean> {
  const { visitor, origin } = opened;
  let page = await visitor.get(origin + MEMBER_PATHS.notices);
  const mustChoose = page.location === MEMBER_PATHS.pinChange;
  if (mustChoose) {
    const { formToken = '' } = await visitor.get(origin + MEMBER_PATHS.pinChange);
    const own = `Yama${person.plan.id.slice(1)}${person.chance.whole(10, 99)}`;
    const form = { 'form-token': formToken, pin: person.pin, 'new-pin': own, 'new-pin-again': own };
    const changed = await visitor.post(origin + MEMBER_PATHS.pinChange, form);
    if (changed.location !== MEMBER_PATHS.pinChanged) {
      throw new Error(`${person.plan.id} chooses no PIN: ${changed.text}`);
    }
    person.pin = own;
    page = await visitor.get(origin + MEMBER_PATHS.notices);
  }
  if (page.status !== 200) throw new Error(`${person.plan.id} reads no notices: ${page.text}`);
  noticed.set(opened, page.text.includes(NOTICE));
  return mustChoose;
}

/** Whether the notice of the renewal stood there. */
export function isNoticed(opened: Opened): boolean {
  return noticed.get(opened) === true;
}

/** Renews, or goes on with what was begun. */
export async function renew(person: Person, opened: Opened): Promise<void> {
  const mishap = person.hasHadMishap ? 'none' : person.plan.mishap;
  if (!person.hasHadMishap) {
    person.world.renewals.push({ person: person.plan.id, at: person.world.now, mishap });
  }
  person.hasHadMishap = true;
  person.world.tell(person.plan.id, `renews (${mishap})`);
  const waiting = person.received.at(-1);
  const hasWaiting = waiting !== undefined && waiting.cert !== opened.held.shows.cert;
  const isInStore = person.browser
    .offered(person.world.now)
    .some(({ shows }) => shows.cert === waiting?.cert);
  // One that was imported and not proved goes on where it was left.
  if (hasWaiting && isInStore) return await prove(person, opened, { shows: waiting, mishap });
  const shows = await issue(person, opened, mishap);
  if (mishap === 'tab-closed' || mishap === 'file-lost') return;
  if (mishap === 'pc-changed') return person.changePc();
  person.take(shows);
  if (mishap === 'stops-before-proof') return;
  await prove(person, opened, { shows, mishap });
}

/** Presses 更新, and 取得し直す where the page says that a certificate waits already. */
async function issue(person: Person, session: InSession, mishap: Mishap): Promise<ClientIdentity> {
  const key = newKey();
  const times = mishap === 'presses-twice' ? 2 : 1;
  const pressed = await Promise.all(
    Array.from({ length: times }, async () => await request(session, key)),
  );
  const answers = mishap === 'answer-lost' ? [await request(session, key)] : pressed;
  const certificates = new Set(answers.map(({ shows }) => shows.cert));
  if (mishap === 'answer-lost') for (const { shows } of pressed) certificates.add(shows.cert);
  if (certificates.size > 1) {
    person.world.judgement.doubled.push(`${person.plan.id}: one press, two certificates`);
  }
  const renewed = await orReplaced(answers, session);
  await person.receive(renewed.shows);
  return renewed.shows;
}

async function orReplaced(answers: readonly Renewed[], session: InSession): Promise<Renewed> {
  const [renewed] = answers;
  if (renewed === undefined) throw new Error('no answer');
  if (renewed.shows.cert !== '') return renewed;
  const code = codeOf(renewed.answer);
  if (code !== 'unproven-exists') throw new Error(`更新 is answered with ${code}`);
  const again = await request(session, newKey(), 'replace');
  if (again.shows.cert === '')
    throw new Error(`取得し直す is answered with ${codeOf(again.answer)}`);
  return again;
}

/** 確認, and again where the wrong certificate was chosen for it. */
async function prove(
  person: Person,
  session: Opened,
  { shows, mishap }: { readonly shows: ClientIdentity; readonly mishap: Mishap },
): Promise<void> {
  const { world, plan } = person;
  const order = mishap === 'proves-with-old' ? [session.held.shows, shows] : [shows];
  for (const chosen of order) {
    const begun = await beginProof(session);
    const as = { origin: session.origin, shows: chosen };
    const { answer } = await presentProof(world.koshin, begun, as);
    if (answer.location === MEMBER_PATHS.renewalCompleted) {
      await world.judgeCompleted(plan.id, shows);
      world.tell(plan.id, 'the renewal is complete');
      if (!person.chance.happens(KEEPS_OLD)) {
        person.browser.drop((held) => held.shows.cert === session.held.shows.cert);
      }
      return;
    }
    if (chosen === shows) throw new Error(`${plan.id} proves nothing: ${refusalOn(answer)}`);
    world.tell(plan.id, `chose the old one for 確認: ${answer.heading}`);
  }
}
