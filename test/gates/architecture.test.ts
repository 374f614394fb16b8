// Each rule about rooms, source and names finds what is planted, and nothing in the repaired file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUSE_RULES, houseViolations, NAME_RULE } from '../architecture/house-rules.ts';
import { NAMED_TESTS_RULE, unnamedTests } from '../architecture/named-tests.ts';
import { countImports, ROOM_RULES, roomViolations } from '../architecture/rooms.ts';
import { sourceFiles, type Violation } from '../architecture/source-files.ts';
import { unusedWords, WORDS_RULE } from '../architecture/unused-words.ts';
import { filesOf, inProject, type Planted, run } from './planted-project.ts';

const OPENING = '// What it is.\n';
const importing = (target: string) => `${OPENING}import { a } from '${target}';\n\na();\n`;
// Put together here, so that this file does not break the rule itself.
const REGISTRY = ['registry', 'npmjs', 'org'].join('.');

const ROOM_CASES: readonly Planted[] = [
  {
    rule: ROOM_RULES.room,
    path: 'src/attic/thing.ts',
    goodPath: 'src/banking/thing.ts',
    bad: OPENING,
    good: OPENING,
  },
  {
    rule: ROOM_RULES.room,
    path: 'src/stray.ts',
    goodPath: 'src/clock.ts',
    bad: OPENING,
    good: OPENING,
  },
  ...(
    [
      ['src/asn1/up.ts', '../x509/name.ts', '../errors.ts'],
      ['src/x509/up.ts', '../keys/key.ts', '../asn1/tag.ts'],
      ['src/banking/up.ts', '../store/tables.ts', '../errors.ts'],
      ['src/ca/up.ts', '../audit/entry.ts', '../x509/name.ts'],
      ['src/store/up.ts', '../operations/log-in.ts', '../banking/pin.ts'],
      ['src/operations/up.ts', '../http/front.ts', '../store/tables.ts'],
      ['src/http/up.ts', '../operations/log-in.ts', '../log.ts'],
      ['src/words/up.ts', '../portal/paths.ts', '../errors.ts'],
      ['src/portal/across.ts', '../console/page.ts', '../words/login.ts'],
      ['src/portal/below.ts', '../store/tables.ts', '../operations/log-in.ts'],
      ['src/console/below.ts', '../keys/key.ts', '../http/html.ts'],
      ['src/jobs/across.ts', '../portal/paths.ts', '../mail/send.ts'],
      ['src/agent/server.ts', '../operations/log-in.ts', '../keys/key.ts'],
      ['src/config/up.ts', '../store/tables.ts', '../errors.ts'],
      ['src/start.ts', './main.ts', './store/tables.ts'],
      ['src/main.ts', './portal/paths.ts', './start.ts'],
      ['src/errors.ts', './asn1/tag.ts', ''],
      ['src/log.ts', './clock.ts', ''],
      ['src/portal/out.ts', '../../test/pages/sample-page.ts', './paths.ts'],
      ['web/server.ts', '../src/words/frame.ts', '../src/banking/pin-rules.ts'],
      ['web/keys.ts', '../src/keys/key.ts', './page.ts'],
    ] as const
  ).map(([path, bad, good]) => ({
    rule: ROOM_RULES.import,
    path,
    bad: importing(bad),
    good: good === '' ? OPENING : importing(good),
  })),
  // Every form of an import is seen.
  ...[
    "import '../store/tables.ts';",
    "import type { A } from '../store/tables.ts';",
    "import {\n  a,\n  b,\n} from '../store/tables.ts';",
    "import * as all from '../store/tables.ts';",
    "export { a } from '../store/tables.ts';",
    "const a = await import('../store/tables.ts');",
    "const a = import.meta.resolve('../store/tables.ts');",
    "const a = new URL('../store/tables.ts', import.meta.url);",
    `const a = \`\${f(\`}\`)}\`; import '../store/tables.ts';`,
    "const a = /[/'\"]/; import '../store/tables.ts';",
  ].map((line, i) => ({
    rule: ROOM_RULES.import,
    path: `src/banking/form-${i}.ts`,
    bad: `${OPENING}${line}\n`,
    good: `${OPENING}// ${line.replaceAll('\n', ' ')}\n/* ${line} */\nconst text = ${JSON.stringify(line)};\n`,
  })),
  {
    rule: ROOM_RULES.sibling,
    path: 'src/protocols/est/enrol.ts',
    bad: importing('../ocsp/answer.ts'),
    good: importing('./answer.ts'),
  },
  ...['asn1', 'x509', 'cms', 'banking', 'ca', 'audit', 'words'].map((room) => ({
    rule: ROOM_RULES.pure,
    path: `src/${room}/node.ts`,
    bad: importing('node:crypto'),
    good: importing('../errors.ts'),
  })),
  {
    rule: ROOM_RULES.pure,
    path: 'src/cms/package.ts',
    bad: importing('asn1js'),
    good: importing('../asn1/tag.ts'),
  },
  ...(
    [
      ['kysely', 'src/operations/query.ts', 'src/store/query.ts'],
      ['pg', 'src/portal/query.ts', 'src/store/pool.ts'],
      ['pg-boss', 'src/operations/queue.ts', 'src/jobs/queue.ts'],
      ['ghtml', 'src/portal/page.ts', 'src/http/page.ts'],
      ['commander', 'src/start.ts', 'src/main.ts'],
    ] as const
  ).map(([name, path, goodPath]) => ({
    rule: ROOM_RULES.package,
    path: path === 'src/start.ts' ? 'src/sample/command.ts' : path,
    goodPath: goodPath === 'src/main.ts' ? 'src/http/command.ts' : goodPath,
    bad: importing(name),
    good: goodPath === 'src/main.ts' ? OPENING : importing(name),
  })),
  {
    rule: ROOM_RULES.extension,
    path: 'src/portal/short.ts',
    bad: importing('./paths'),
    good: importing('./paths.ts'),
  },
];

const HOUSE_CASES: readonly Planted[] = [
  ...[
    ['raw-markup', 'const a = html`<p>!$' + '{x}</p>`;', 'const a = html`<p>$' + '{x}</p>`;'],
    ['verdict-of-tls', 'if (socket.authorized) a();', "say('not authorized');"],
    ['verdict-of-tls', 'const { authorizationError } = socket;', '// authorizationError lies'],
    ['verdict-of-tls', "if (socket['authorized']) a();", "if (socket['encrypted']) a();"],
    ['unlinted-signature', 'const a = key.sign(tbsDer);', 'const a = signLinted(linted, key);'],
    ['unlinted-signature', 'const { sign } = key;', 'const { signed } = key;'],
    [
      'unlinted-signature',
      'const a = ({ sign }: AuthorityKey) => sign(b);',
      'const a = crypto.subtle.sign(b, c, d);',
    ],
    ['environment', 'const a = process.env.HOME;', 'const a = process.pid;'],
    ['environment', "import { env } from 'node:process';", "import { pid } from 'node:os';"],
    [
      'raw-error-in-log',
      "log.warn({ file, error }, 'x');",
      "log.warn({ file, error: describeError(error) }, 'x');",
    ],
    ['raw-error-in-log', "this.#log.error({ error: cause }, 'x');", "log.info({ reason }, 'x');"],
    ['hidden-clock', 'const a = Date.now();', 'const a = performance.now();'],
    ['hidden-clock', 'const a = new Date();', 'const a = new Date(now.getTime());'],
    ['hidden-clock', 'const a = new Date;', "const a = new Date('2026-01-01');"],
    ['hidden-clock', 'const a = Temporal.Now.instant();', '// Date.now() is for the clock'],
    ['weak-randomness', 'const a = Math.random();', 'const a = randomInt(9);'],
    ['get-prefix', 'export function getName() {}', 'export function getterOf() {}'],
    ['type-name', 'type Info = string;', 'type AuthorityInformation = string;'],
    ['type-name', 'class SlotManager {}', 'class SlotBook {}'],
    ['type-name', 'interface IClock {}', 'interface IPAddress {}'],
    [`bare-to-do`, `// ${'TO'}DO: more`, '// no more'],
  ].map(([name = '', bad = '', good = ''], i) => ({
    rule: `house/${name}`,
    path: `src/portal/house-${i}.ts`,
    bad: `${OPENING}${bad}\n`,
    good: `${OPENING}${good}\n`,
  })),
  {
    rule: 'house/opening-comment',
    path: 'scripts/silent.ts',
    bad: 'export const a = 1;\n',
    good: `${OPENING}export const a = 1;\n`,
  },
  {
    rule: 'house/registry-host',
    path: 'docs/install.md',
    bad: `Set the registry to https://${REGISTRY}/ first.\n`,
    good: 'Set the registry first.\n',
  },
  {
    rule: 'house/resolved-address',
    path: 'package-lock.json',
    bad: '{ "packages": { "node_modules/a": { "resolved": "https://mirror.test/a.tgz" } } }\n',
    good: '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }\n',
  },
  ...[
    ['src/http/util.ts', 'src/http/labels.ts'],
    ['src/http/tls-utils.ts', 'src/http/tls-server.ts'],
    ['src/common/thing.ts', 'src/banking/slot.ts'],
    ['src/store/session-manager.ts', 'src/store/sessions.ts'],
    ['src/portal/index.ts', 'src/portal/paths.ts'],
    ['src/cms/types.ts', 'src/cms/content-type.ts'],
    ['test/system/helpers.ts', 'test/system/test-bank.ts'],
    ['web/data.ts', 'web/signed-data.ts'],
  ].map(([path = '', goodPath = '']) => ({
    rule: NAME_RULE,
    path,
    goodPath,
    bad: OPENING,
    good: OPENING,
  })),
];

const words = (table: string, uses: string) =>
  `${OPENING}export const ${table} = {\n  one: { ja: '一', en: 'one' },\n  two: (n: number) => n,\n};\n\n${uses}\n`;
const WORDS_CASES: readonly Planted[] = [
  ['PART', 'say(PART.one);', 'say(PART.one, PART\n  .two);'],
  ['NONE', "say('NONE.one');", 'say(NONE);'],
  ['KEYED', '// KEYED[key]', 'say(KEYED[key]);'],
  ['SPREAD', "import { SPREAD } from './other.ts';", 'say({ ...SPREAD });'],
].map(([table = '', bad = '', good = '']) => ({
  rule: WORDS_RULE,
  path: `src/words/${table.toLowerCase()}.ts`,
  bad: words(table, bad),
  good: words(table, good),
}));

const table = (row: string, head = 'test') => `| | | ${head} |\n| - | - | - |\n${row}\n`;
/** The test that the tables name. */
const TITLED = {
  'src/x509/titled.test.ts': `${OPENING}test('a list that is empty is refused', act);\n`,
};
const NAMED_CASES: readonly Planted[] = [
  ['done-without', table('| §1 | done | |'), table('| §1 | not done | |')],
  ['no-file', table('| §1 | done | `gone.test.ts` |'), table('| §1 | done | `titled.test.ts` |')],
  [
    'no-title',
    table('| §1 | done | `titled.test.ts`, full |'),
    table('| §1 | done | `titled.test.ts`, a list … is refused |'),
  ],
  [
    'same-as-nothing',
    table('| §1 | done | same |'),
    table('| §1 | done | `titled` |\n| §2 | done | same, empty |'),
  ],
  ['no-corpus', table('| §1 | done | conformance `gone` |'), table('| §1 | done | PKITS |')],
  [
    'no-column',
    table('| §1 | done | |', ''),
    `By \`titled.test.ts\`.\n\n${table('| §1 | done | |', '')}`,
  ],
].map(([name = '', bad = '', good = '']) => ({
  rule: NAMED_TESTS_RULE,
  path: `docs/protocols/${name}.md`,
  bad,
  good,
}));

/** Violations of the files by place and rule, as `path rule`. */
async function foundIn(
  files: Record<string, string>,
  judge: (files: ReturnType<typeof sourceFiles>) => readonly Violation[],
): Promise<readonly string[]> {
  return await inProject(files, (folder) =>
    Promise.resolve(judge(sourceFiles(folder)).map(({ path, rule }) => `${path} ${rule}`)),
  );
}

for (const { cases, beside, judge } of [
  { cases: ROOM_CASES, beside: {}, judge: roomViolations },
  { cases: HOUSE_CASES, beside: {}, judge: houseViolations },
  { cases: WORDS_CASES, beside: {}, judge: unusedWords },
  { cases: NAMED_CASES, beside: TITLED, judge: unnamedTests },
]) {
  const bad = await foundIn({ ...beside, ...filesOf(cases, 'bad') }, judge);
  for (const [i, { rule, path }] of cases.entries()) {
    test(`${rule} is found in ${path} (${i})`, () => {
      assert.ok(bad.includes(`${path} ${rule}`), bad.join('\n'));
    });
  }

  test(`nothing but what was planted is found among ${cases.length}`, async () => {
    const planted = cases.map(({ path, rule }) => `${path} ${rule}`);
    assert.deepEqual(
      bad.filter((each) => !planted.includes(each)),
      [],
    );
    assert.deepEqual(await foundIn({ ...beside, ...filesOf(cases, 'good') }, judge), []);
  });
}

test('every rule is planted here', () => {
  const all = [...ROOM_CASES, ...HOUSE_CASES, ...WORDS_CASES, ...NAMED_CASES];
  const planted = new Set(all.map(({ rule }) => rule));
  const rules = [
    ...Object.values(ROOM_RULES),
    ...HOUSE_RULES.map(({ rule }) => rule),
    NAME_RULE,
    WORDS_RULE,
    NAMED_TESTS_RULE,
  ];
  assert.deepEqual(
    rules.filter((rule) => !planted.has(rule)),
    [],
  );
});

test('rules that see no imports are noticed', () => {
  assert.equal(countImports([]), 0);
});

// What `npm run check` runs, on a project with one violation and on the same one without.
const COPIED = ['test/architecture', 'test/architecture.test.ts'];
const CLEAN: Record<string, string> = {
  'src/asn1/tag.ts': `${OPENING}import { a } from '../errors.ts';\nimport { b } from '../clock.ts';\nimport { c } from '../log.ts';\n\nexport const tag = [a, b, c];\n`,
};

for (const { title, files, code, says } of [
  { title: 'passes on a clean project', files: CLEAN, code: 0, says: /fail 0/ },
  {
    title: 'fails on one violation and names it',
    files: { ...CLEAN, 'src/asn1/node.ts': importing('node:fs') },
    code: 1,
    says: /src\/asn1\/node\.ts:2 rooms\/impure/,
  },
  {
    title: 'fails where it sees no import',
    files: { 'src/asn1/tag.ts': OPENING },
    code: 1,
    says: /only 0 imports seen/,
  },
]) {
  test(`the architecture check ${title}`, async () => {
    const printed = await inProject(
      files,
      async (folder) =>
        await run(process.execPath, ['--test', 'test/architecture.test.ts'], folder),
      COPIED,
    );
    assert.match(printed.stdout, says);
    assert.equal(printed.code, code);
  });
}
