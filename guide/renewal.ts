// The renewal as it is photographed for the guide: from the institution's page to logging off.
import { MEMBER_PATHS } from '../src/frame/paths.ts';
import { SIGNED_IN } from '../src/words/frame.ts';
import { METHODS, PIN, TOP } from '../src/words/login.ts';
import { NOTICES, RENEWAL_NOTICE } from '../src/words/notices.ts';
import { COMPLETED, DELIVERY, PROOF, RENEWAL } from '../src/words/renewal.ts';
import { TEST_PIN } from '../test/system/test-bank.ts';
import type { Chapter, GuideStep } from './booklet.ts';
import type { Traveller } from './traveller.ts';
import { CHAPTERS, GUIDE_STEPS as SAYS } from './words.ts';

/** Logs in, with the pictures of it. */
export async function logIn(by: Traveller, pin = TEST_PIN): Promise<Chapter> {
  await by.goTo('/');
  const steps: GuideStep[] = [];
  steps.push({ does: SAYS.openPage, picture: await by.press(by.link(TOP.logIn)) });
  await by.arrive(METHODS.title);
  steps.push({ does: SAYS.chooseMethod, picture: await by.press(by.link(METHODS.method)) });
  steps.push({ does: SAYS.pick, note: SAYS.pickNote });
  await by.arrive(PIN.title);
  await by.field(PIN.field).fill(pin);
  const picture = await by.photograph(by.field(PIN.field), by.button(PIN.logIn));
  steps.push({ does: SAYS.enterPin, picture });
  await by.button(PIN.logIn).click();
  return { title: CHAPTERS.logIn, steps };
}

/** Renews, from the notice to the file. */
export async function renew(by: Traveller): Promise<Chapter> {
  await by.arrive(NOTICES.important);
  const steps: GuideStep[] = [];
  const notice = by.link(RENEWAL_NOTICE.title);
  steps.push({ does: SAYS.openNotice, picture: await by.press(notice) });
  await by.arrive(RENEWAL_NOTICE.title);
  steps.push({ does: SAYS.followNotice, picture: await by.press(by.link(RENEWAL_NOTICE.link)) });
  await by.arrive(RENEWAL.title);
  steps.push({ does: SAYS.renew, picture: await by.press(by.button(RENEWAL.renew)) });
  return { title: CHAPTERS.renew, lead: CHAPTERS.renewLead, steps };
}

/** Saves the file and imports it. */
export async function saveFile(by: Traveller): Promise<Chapter> {
  await by.page.locator('#renewal-delivery').filter({ visible: true }).waitFor();
  const steps: GuideStep[] = [];
  const save = by.link(DELIVERY.download);
  const picture = await by.photograph(save, by.page.locator('#file-password'));
  steps.push({ does: SAYS.saveFile, note: SAYS.saveNote, picture });
  await by.saveAndImport(save);
  steps.push({ does: SAYS.importFile, note: SAYS.importNote });
  return { title: CHAPTERS.save, steps };
}

/** 確認, the end of the renewal, and logging off. */
export async function prove(by: Traveller): Promise<Chapter> {
  const steps: GuideStep[] = [];
  const confirm = by.button(PROOF.button);
  const [picture] = [await by.photograph(confirm)];
  await confirm.click();
  steps.push({ does: SAYS.confirm, note: SAYS.confirmNote, picture });
  await by.arrive(COMPLETED.title);
  steps.push({ does: SAYS.completed, picture: await by.photograph() });
  await by.link(COMPLETED.close).click();
  await by.arrive(NOTICES.important);
  steps.push({ does: SAYS.logOff, picture: await by.press(by.button(SIGNED_IN.logOff)) });
  await by.page.waitForURL((url) => url.pathname !== MEMBER_PATHS.notices);
  return { title: CHAPTERS.confirm, steps };
}
