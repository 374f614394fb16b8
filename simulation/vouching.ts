// Whoever vouches: the contract's administrators by their pages, and where there is no other administrator
// the bank, who has seen a paper. They do what was asked as their pages offer it.
import { MEMBER_PATHS } from '../src/frame/paths.ts';
import type { Answer } from '../test/system/visitor.ts';
import { vouchByBank } from './bank.ts';
import { logIn, type Opened, refusalOn } from './login.ts';
import type { Person } from './person.ts';
import type { Ask } from './world.ts';

const FIRST_PIN = /id="first-pin"[^>]*>([^<]+)</;
const CODE = /id="acquisition-code"[^>]*>([^<]+)</;

/** Does what was asked in one contract, as far as somebody there can; what is left waits for tomorrow. */
export async function answerAsks(people: readonly Person[], contract: string): Promise<void> {
  const [someone] = people;
  if (someone === undefined) return;
  const { world } = someone;
  const administrators = people.filter(({ plan }) => plan.isAdministrator);
  for (const asked of (world.asks.get(contract) ?? []).splice(0)) {
    const others = administrators.filter(({ plan }) => plan.id !== asked.person);
    const answer = await firstAnswer(others, asked);
    // An administrator whom no other can help goes to the bank, as the page says, also where all the others
    // wait for confirmation themselves: they would wait for each other for ever. A user waits for one.
    const isAdministrator = administrators.some(({ plan }) => plan.id === asked.person);
    const isForBank = answer === 'not-offered' || (isAdministrator && answer !== 'done');
    if (isForBank) await vouchByBank(world, { ...asked, contract });
    else if (answer !== 'done') world.ask(contract, asked);
  }
}

/** `waits`: who could has rights that wait for confirmation; `nobody`: none of them can log in. */
type AskAnswer = 'done' | 'not-offered' | 'waits' | 'nobody';

async function firstAnswer(others: readonly Person[], asked: Ask): Promise<AskAnswer> {
  const answers: AskAnswer[] = [];
  for (const administrator of others) {
    const answer = await answerByPage(administrator, asked);
    administrator.close();
    if (answer === 'done') return answer;
    answers.push(answer);
  }
  return answers.find((answer) => answer !== 'nobody') ?? 'nobody';
}

/** Registers a colleague; what is handed over waits for them. */
export async function register(
  administrator: Person,
  session: Opened,
  user: string,
): Promise<void> {
  const page = await session.visitor.get(session.origin + MEMBER_PATHS.companyRegister);
  const form = { ...hiddenOf(page), user, name: '鈴木 太郎' };
  handOver(
    administrator,
    user,
    await session.visitor.post(session.origin + MEMBER_PATHS.companyRegister, form),
  );
}

async function answerByPage(administrator: Person, { person, what }: Ask): Promise<AskAnswer> {
  const { world, plan } = administrator;
  const session = await logIn(administrator);
  if ('told' in session) {
    administrator.turnAway(session.told);
    return 'nobody';
  }
  const path = `${MEMBER_PATHS.companyUsers}/${person}`;
  const page = await session.visitor.get(session.origin + path);
  if (page.status !== 200) {
    if (refusalOn(page) !== 'rights-frozen') throw new Error(`${plan.id}: ${page.heading}`);
    // Theirs was reissued, and another is to confirm that it reached them.
    world.ask(plan.contract, { person: plan.id, what: 'rights' });
    return 'waits';
  }
  const action = ACTIONS[what].find((one) => page.body.includes(`${path}/${one}`));
  world.tell(person, `${plan.id} does: ${action ?? 'nothing'}`);
  if (action === undefined) return 'not-offered';
  const sheet = await session.visitor.get(`${session.origin}${path}/${action}`);
  const form = { ...hiddenOf(sheet), slot: '1', reason: 'new-pc' };
  const done = await session.visitor.post(`${session.origin}${path}/${action}`, form);
  if (done.status >= 400) throw new Error(`${action} for ${person}: ${done.status} ${done.text}`);
  if (done.status === 200) handOver(administrator, person, done);
  return 'done';
}

/** The hidden fields of a page's last form, which a browser sends along. */
function hiddenOf({ body }: Answer): Readonly<Record<string, string>> {
  const form = body.slice(body.lastIndexOf('<form'));
  const fields = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}

/** What serves a request, the first that the page offers. */
const ACTIONS = {
  certificate: ['offer', 'reissue'],
  pin: ['reset-pin'],
  unlock: ['unlock'],
  rights: ['confirm-rights'],
} as const satisfies Record<Ask['what'], readonly string[]>;

function handOver({ world }: Person, person: string, sheet: Answer): void {
  const [, firstPin] = FIRST_PIN.exec(sheet.body) ?? [];
  const [, code] = CODE.exec(sheet.body) ?? [];
  if (firstPin === undefined && code === undefined) {
    throw new Error(`nothing to hand over to ${person}: ${sheet.status} ${sheet.text}`);
  }
  world.hand(person, { ...(firstPin && { firstPin }), ...(code && { code }) });
}
