// Four hundred days of the mail of forty people, with a real mail server in every mood and a sender that is killed:
// each mail that is to be comes once, none that is no longer true, none is lost. `npm run mail-year` does the same
// with a thousand people, every hour. KOSHIN_MAIL_YEAR_SEED draws another year.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPeople, drawWeather } from '../../simulation/mail-year/plan.ts';
import { mailYear } from '../../simulation/mail-year/year.ts';

const SEED = Number(process.env['KOSHIN_MAIL_YEAR_SEED'] ?? '3');
const CHOICE = { users: 40, days: 400, seed: SEED, hours: [2, 8, 9, 15], kills: 16 };

test('each mail of four hundred days comes once, however often the sender is killed', async () => {
  const { judge, expectations, office, kills, deeds, errors, standstills } = await mailYear(
    CHOICE,
    () => {},
  );
  const { lost, doubled, wrong } = judge;
  assert.deepEqual({ lost, doubled, wrong }, { lost: [], doubled: [], wrong: [] });
  // The year did meet something of everything that the rules are about.
  const sizes = JSON.stringify({ ...judge.endings, ...judge.secondCopies, kills, deeds, errors });
  assert.ok(expectations.all.size > 5 * CHOICE.users, sizes);
  for (const ending of ['sent', 'bounced', 'untrue', 'no-address'] as const) {
    assert.ok(judge.endings[ending] > 0, `none ended as ${ending}: ${sizes}`);
  }
  assert.ok(expectations.caughtUp > 0, 'no reminder was caught up with');
  assert.ok(office.counts['put-off'], sizes);
  assert.ok(judge.secondCopies['after a lost answer'] > 0, sizes);
  assert.ok(Object.keys(kills).length >= 3, sizes);
  // The log says of each standstill, for each institution, that reminders were missed; and nothing else went wrong.
  assert.deepEqual(errors, { 'reminders were not queued in time': standstills * 3 });
});

test('the same seed draws the same people and days, another one others', () => {
  assert.deepEqual(drawPeople(60, 1), drawPeople(60, 1));
  assert.notDeepEqual(drawPeople(60, 1), drawPeople(60, 2));
  assert.deepEqual(drawWeather(400, 1), drawWeather(400, 1));
});
