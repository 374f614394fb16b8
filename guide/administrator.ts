// An administrator's pages as they are photographed for the guide: registering a user, and what can be done
// for one whose certificate or PIN is lost.
import type { MemberAction } from '../src/banking/company.ts';
import { MEMBER_PATHS } from '../src/frame/paths.ts';
import { COMPANY, REGISTER } from '../src/words/company.ts';
import type { Sheets } from './acquisition.ts';
import type { Chapter, GuideStep } from './booklet.ts';
import type { Traveller } from './traveller.ts';
import { CHAPTERS, GUIDE_STEPS as SAYS } from './words.ts';

/** Registers a user; what is to be handed over. */
export async function register(
  by: Traveller,
  person: { readonly user: string; readonly name: string },
): Promise<{ readonly chapter: Chapter; readonly sheets: Sheets }> {
  const steps: GuideStep[] = [];
  const company = by.page.locator(`a[href="${MEMBER_PATHS.company}"]`).first();
  steps.push({ does: SAYS.openCompany, picture: await by.press(company) });
  await by.arrive(COMPANY.title);
  steps.push({ does: SAYS.openRegister, picture: await by.press(by.link(COMPANY.register)) });
  await by.arrive(REGISTER.title);
  await by.field(REGISTER.userId).fill(person.user);
  await by.field(REGISTER.name).fill(person.name);
  steps.push({ does: SAYS.register, picture: await by.press(by.button(REGISTER.button)) });
  await by.arrive(REGISTER.done);
  const picture = await by.photograph();
  steps.push({ does: SAYS.handOver, note: SAYS.handOverNote, picture });
  const pin = (await by.page.locator('#first-pin').textContent()) ?? '';
  const code = (await by.page.locator('#acquisition-code').textContent()) ?? '';
  const chapter = { title: CHAPTERS.register, lead: CHAPTERS.registerLead, steps };
  return { chapter, sheets: { user: person.user, pin, code } };
}

/** Shows what can be done for a user, and the pages on which the most needed is done. */
export async function help(by: Traveller, user: string): Promise<Chapter> {
  const steps: GuideStep[] = [];
  await by.page.locator(`a[href="${MEMBER_PATHS.company}"]`).first().click();
  await by.arrive(COMPANY.title);
  const member = by.page.locator(`a[href="${MEMBER_PATHS.companyUsers}/${user}"]`).first();
  steps.push({ does: SAYS.chooseUser, picture: await by.press(member) });
  const offered = by.page.locator(`a[href="${MEMBER_PATHS.companyUsers}/${user}/reissue"]`);
  steps.push({ does: SAYS.chooseAction, picture: await by.photograph(offered) });
  for (const { action, does } of SHOWN) {
    await by.page.goto(
      new URL(`${MEMBER_PATHS.companyUsers}/${user}/${action}`, by.page.url()).href,
    );
    const button = by.page.locator('main form button').last();
    steps.push({ does, picture: await by.photograph(button) });
  }
  return { title: CHAPTERS.help, lead: CHAPTERS.helpLead, steps };
}

const SHOWN = [
  { action: 'reissue', does: SAYS.reissue },
  { action: 'reset-pin', does: SAYS.resetPin },
  { action: 'suspend', does: SAYS.suspend },
  { action: 'revoke', does: SAYS.revoke },
] as const satisfies readonly { readonly action: MemberAction; readonly does: object }[];
