// Acquiring a certificate as it is photographed for the guide: what was handed over, the file, the first login.
import { ACQUIRE } from '../src/words/acquisition.ts';
import { CERTIFICATE } from '../src/words/frame.ts';
import { TOP } from '../src/words/login.ts';
import { DELIVERY } from '../src/words/renewal.ts';
import { TEST_CONTRACT } from '../test/system/test-koshin.ts';
import type { Chapter, GuideStep } from './booklet.ts';
import type { Traveller } from './traveller.ts';
import { CHAPTERS, GUIDE_STEPS as SAYS } from './words.ts';

/** What an administrator hands over. */
export type Sheets = { readonly user: string; readonly pin: string; readonly code: string };

/** Types in what was handed over, chooses a PIN and acquires. */
export async function acquire(by: Traveller, sheets: Sheets, ownPin: string): Promise<Chapter> {
  await by.goTo('/');
  const steps: GuideStep[] = [];
  steps.push({ does: SAYS.openAcquire, picture: await by.press(by.link(TOP.acquire)) });
  await by.arrive(ACQUIRE.title);
  await by.field(CERTIFICATE.contractId).fill(TEST_CONTRACT);
  await by.field(CERTIFICATE.userId).fill(sheets.user);
  await by.field(ACQUIRE.pin).fill(sheets.pin);
  await by.field(ACQUIRE.code).fill(sheets.code);
  const typed = await by.press(by.button(ACQUIRE.next));
  steps.push({ does: SAYS.typeSheets, note: SAYS.typeSheetsNote, picture: typed });
  await by.field(ACQUIRE.ownPin).fill(ownPin);
  await by.field(ACQUIRE.again).fill(ownPin);
  const chosen = await by.press(by.button(ACQUIRE.get));
  steps.push({ does: SAYS.choosePin, picture: chosen });
  return { title: CHAPTERS.acquire, lead: CHAPTERS.acquireLead, steps };
}

/** Saves the file, imports it and goes on to the first login. */
export async function takeFile(by: Traveller): Promise<Chapter> {
  await by.page.locator('#renewal-delivery').filter({ visible: true }).waitFor();
  const save = by.link(DELIVERY.download);
  const picture = await by.photograph(save, by.page.locator('#file-password'));
  const steps: GuideStep[] = [{ does: SAYS.saveFile, note: SAYS.saveNote, picture }];
  await by.saveAndImport(save);
  steps.push({ does: SAYS.importFile, note: SAYS.importNote });
  const confirm = by.link(ACQUIRE.confirmButton);
  steps.push({ does: SAYS.firstLogin, note: SAYS.pickNote, picture: await by.press(confirm) });
  return { title: CHAPTERS.save, steps };
}
