// Whatever is refused, on whichever kind of host, in whichever form: the answer has an inquiry number,
// and by that number the help desk reads what the page said.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { inquiryText } from '../../src/commands/inquiry.ts';
import { Refusal, type RefusalCode } from '../../src/errors.ts';
import type { PageNeeds } from '../../src/frame/page.ts';
import { readHosts, type SiteKind } from '../../src/http/host-names.ts';
import { type OpenedFront, openFront } from '../../src/http/open-front.ts';
import { CertificateRefusal } from '../../src/operations/certificate-refusal.ts';
import { findInquiry } from '../../src/operations/find-inquiry.ts';
import { HolderRefusal } from '../../src/operations/holder-refusal.ts';
import { portalAnswers } from '../../src/portal/refusal-answers.ts';
import { REFUSAL_STATUSES } from '../../src/portal/refusal-statuses.ts';
import type { Language } from '../../src/words/language.ts';
import { REFUSALS, type RefusalKind } from '../../src/words/refusals.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { CertificateMaker, type TestIdentity } from '../make-certificates.ts';
import { type Holding, makeCustomer } from './customers.ts';
import { LETTER_FONT, openTestKoshin, type TestKoshin } from './test-koshin.ts';
import { type Answer, Visitor } from './visitor.ts';

const NUMBER = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const PORT = 8443;
const KINDS: readonly SiteKind[] = ['public', 'login', 'members'];

/** Said of what was shown only, and recorded where that was judged. */
const OF_WHAT_WAS_SHOWN: readonly string[] = ['superseded', 'not-yet-valid'];
/** Of these the log alone tells: nobody's business, work that is refused because there is too much, or on record already. */
const NOT_ON_RECORD: readonly string[] = [
  ...OF_WHAT_WAS_SHOWN,
  'certificate-changed',
  'not-found',
  'overloaded',
  'unavailable',
];

let koshin: TestKoshin;
let maker: CertificateMaker;
let server: TestIdentity;
let holder: Holding;
let front: OpenedFront;

suite('every refusal has an inquiry number', () => {
  before(async () => {
    koshin = await openTestKoshin();
    maker = await CertificateMaker.open();
    const { publicHost, membersDomain } = koshin.mihon;
    server = await maker.server(publicHost, membersDomain, `*.${membersDomain}`);
    holder = await makeCustomer('suzuki01', koshin);
    front = await openRefusingFront();
  });
  after(async () => {
    await front.close(0);
    await maker[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  for (const [code, status] of entriesOf(REFUSAL_STATUSES)) {
    for (const kind of KINDS) {
      test(`${code} on a ${kind} host: as a page in both languages, and for a script`, async () => {
        for (const language of ['ja', 'en'] as const) {
          const page = await ask(kind, `/refuse/${code}`, language);
          assert.equal(page.status, status);
          assert.match(page.inquiry ?? '', NUMBER);
          assertSays(page, code, language);
        }
        const answer = await ask(kind, `/refuse/${code}`, 'ja', 'application/json');
        const said = JSON.parse(answer.body) as { code: string; inquiry: string };
        assert.equal(said.code, code);
        assert.match(said.inquiry, NUMBER);
      });
    }
  }

  for (const [code] of entriesOf(REFUSAL_STATUSES)) {
    const isRecorded = !NOT_ON_RECORD.includes(code);
    const want = isRecorded ? 'what the page said' : 'where to look';
    test(`${code}: by the number the help desk reads ${want}`, async () => {
      forgetRefusals();
      const { inquiry = '' } = await ask('members', `/held/${code}`, 'ja');
      const text = inquiryText(inquiry, await findInquiry(inquiry, koshin.house.db));
      if (!isRecorded) {
        assert.match(text, /nothing on record/);
        return;
      }
      const { title, reason, steps } = REFUSALS[code];
      for (const line of [title.ja, ...reason.ja, ...steps.ja])
        assert.ok(text.includes(line), line);
      assert.ok(text.includes(holder.certificate.commonName));
      assert.ok(text.includes(`code ${code}`));
    });
  }

  for (const { path, method = 'GET', status, says } of [
    { path: '/defect', status: 500, says: 'internal-error' },
    { path: '/nowhere', status: 404, says: 'not-found' },
    { path: '/%zz', status: 400, says: 'malformed' },
    { path: '/defect', method: 'DELETE', status: 403, says: 'foreign-origin' },
  ] as const) {
    test(`${method} ${path} has a number on every kind of host`, async () => {
      for (const kind of KINDS) {
        const page = await visitor(kind).send(`${originOf(kind)}${path}`, { method });
        assert.equal(page.status, status);
        assert.match(page.inquiry ?? '', NUMBER);
        assertSays(page, says, 'ja');
      }
    });
  }

  test('of a status without a code of ours the help desk reads what the page said', async () => {
    forgetRefusals();
    const { inquiry = '' } = await visitor('members').get(`${originOf('members')}/%zz`);
    const text = inquiryText(inquiry, await findInquiry(inquiry, koshin.house.db));
    assert.ok(text.includes(REFUSALS.malformed.title.ja), text);
  });
});

/** A front with the portal's answers on every kind of host, whose routes refuse what they are told to. */
async function openRefusingFront(): Promise<OpenedFront> {
  const { house, clock, mihon } = koshin;
  const { code: institution, publicHost, membersDomain: loginHost } = mihon;
  const hosts = readHosts([{ institution, publicHost, loginHost }], PORT);
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const needs: PageNeeds = {
    ...house,
    clock,
    hosts,
    log: silent,
    banks: new Map([[institution, mihon]]),
    labelKey: house.secrets('label-marks'),
    formKey: house.secrets('form-tokens'),
    challengeKey: house.secrets('passkey-challenges'),
    handleKey: house.secrets('passkey-handles'),
    codeKey: house.secrets('acquisition-codes'),
    sealKey: house.secrets('mailed-codes'),
    letterFont: LETTER_FONT,
  };
  const keyPair = {
    certificateChainPem: server.certificatePem,
    privateKeyPem: server.privateKeyPem,
  };
  const face = {
    answers: portalAnswers(needs),
    headers: { styleSources: [], hstsSeconds: 600 },
    presented: new Map([
      [
        institution,
        {
          keyPair,
          certificateAuthoritiesPem: [encodePem(mihon.issuingCertificate, 'CERTIFICATE')],
        },
      ],
    ]),
    register: refusingRoutes,
  };
  const faces = { public: face, login: face, members: face };
  return await openFront({ port: 0, host: '127.0.0.1', hosts, log: silent, faces });
}

function refusingRoutes(face: FastifyInstance): void {
  face.get<{ Params: { code: RefusalCode } }>('/refuse/:code', ({ params: { code } }) => {
    throw refusalOf(code);
  });
  face.get<{ Params: { code: RefusalCode } }>('/held/:code', ({ params: { code } }) => {
    const refusal = refusalOf(code);
    throw refusal instanceof CertificateRefusal
      ? refusal
      : new HolderRefusal(code, holder.certificate, { cause: refusal });
  });
  face.get('/defect', () => {
    throw new Error('a defect');
  });
}

function refusalOf(code: RefusalCode): Refusal {
  if (!OF_WHAT_WAS_SHOWN.includes(code)) return new Refusal(code, 'refused by a test');
  const { certificate } = holder;
  const { commonName: subject, notBefore, notAfter } = certificate;
  const shown = { subject, issuer: 'CA', serial: '01', notBefore, notAfter };
  return new CertificateRefusal(code, { shown, certificate, successor: certificate });
}

/** The title, each reason and each step, in the language asked for. */
function assertSays(page: Answer, kind: RefusalKind, language: Language): void {
  const { title, reason, steps } = REFUSALS[kind];
  for (const line of [title[language], ...reason[language], ...steps[language]]) {
    assert.ok(unbroken(page.text).includes(unbroken(line)), `${line} is not said`);
  }
}

/** Without the places where a line may break, and without the marks that HTML escapes. */
function unbroken(text: string): string {
  return text.replaceAll(/\s|&[#\w]+;|["'&]/g, '');
}

async function ask(kind: SiteKind, path: string, lang: Language, accept = 'text/html') {
  return await visitor(kind).get(`${originOf(kind)}${path}?lang=${lang}`, {
    accept,
  });
}

function visitor(kind: SiteKind): Visitor {
  const place = { port: front.port, serverAuthorityPem: server.certificatePem };
  return new Visitor(place, kind === 'members' ? holder.shows : undefined);
}

function originOf(kind: SiteKind): string {
  const { publicHost, membersDomain } = koshin.mihon;
  const hosts = { public: publicHost, login: membersDomain, members: `m-0001.${membersDomain}` };
  return `https://${hosts[kind]}:${PORT}`;
}

/** More than fifty refusals an hour are not recorded: the next hour begins. */
function forgetRefusals(): void {
  koshin.clock.set(new Date(koshin.clock.now().getTime() + 2 * 60 * 60 * 1000));
}

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
