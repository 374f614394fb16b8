// Rules of the house that types and linters do not know, as a table of patterns, and their check.
// Patterns are written so that this file does not match them itself.
import { isSource, isTest, lineAt, type SourceFile, type Violation } from './source-files.ts';

type HouseRule = {
  readonly rule: string;
  readonly says: string;
  readonly where: (file: SourceFile) => boolean;
  /** What of the file is looked at: everything, all but comments, or all but comments and strings. */
  readonly looksAt: 'text' | 'code' | 'bare';
  readonly pattern: RegExp;
};

const SERVER = (file: SourceFile) => file.path.startsWith('src/') && isSource(file);
const PRODUCT = (file: SourceFile) =>
  /^(?:src|web)\//.test(file.path) && isSource(file) && !isTest(file);

/** The rules, one row each; the text after the name is what a violation says. */
export const HOUSE_RULES: readonly HouseRule[] = [
  {
    rule: 'house/raw-markup',
    says: "ghtml's raw form is banned: nest html`…` instead",
    where: SERVER,
    looksAt: 'code',
    pattern: /!\$\{/g,
  },
  {
    // TLS proves possession of a key, nothing more: Node reports one error, the last one.
    rule: 'house/verdict-of-tls',
    says: 'what TLS thinks of a certificate is never read: check it ourselves',
    where: SERVER,
    looksAt: 'bare',
    pattern: /\bauthoriz(?:ed|ationError)\b/g,
  },
  {
    rule: 'house/verdict-of-tls',
    says: 'what TLS thinks of a certificate is never read: check it ourselves',
    where: SERVER,
    looksAt: 'code',
    pattern: /\[\s*['"`]authoriz(?:ed|ationError)\b/g,
  },
  {
    // The type of the one place that may asks for the mark of a lint.
    rule: 'house/unlinted-signature',
    says: 'an authority signs what a lint has marked: use signLinted',
    where: (file) =>
      PRODUCT(file) && !/^src\/(?:keys\/|operations\/sign-linted\.ts$)/.test(file.path),
    looksAt: 'bare',
    pattern:
      /\b(?!subtle\b)\w+\s*\??\.\s*sign\b|\{[^{}]*\bsign\b[^{}]*\}\s*(?:=|:\s*AuthorityKey\b)/g,
  },
  {
    rule: 'house/environment',
    says: 'only config reads the environment',
    where: (file) => PRODUCT(file) && !file.path.startsWith('src/config/'),
    looksAt: 'code',
    pattern: /\bprocess\s*\??\.\s*env\b|\bprocess\s*\[|\bfrom\s*['"]node:process['"]/g,
  },
  {
    rule: 'house/hidden-clock',
    says: 'time is a parameter: pass `now`, or ask the clock in an operation',
    where: (file) => PRODUCT(file) && file.path !== 'src/clock.ts',
    looksAt: 'bare',
    pattern: /\bDate\s*\.\s*now\b|\bnew\s+Date\b(?!\s*\(\s*[^)\s])|\bTemporal\s*\.\s*Now\b/g,
  },
  {
    rule: 'house/weak-randomness',
    says: 'use the random numbers of node:crypto or WebCrypto',
    where: PRODUCT,
    looksAt: 'bare',
    pattern: /\bMath\s*\.\s*random\b/g,
  },
  {
    rule: 'house/opening-comment',
    says: 'a file opens with one to three lines: what it is and what it is not',
    where: (file) => isSource(file) && !isTest(file),
    looksAt: 'text',
    pattern: /^(?!\/\/ |\/\*|#!|\/\/\/)/g,
  },
  {
    // Errors have properties of their own: those of the database's connections hold its client and secret key.
    rule: 'house/raw-error-in-log',
    says: 'an error is logged by describeError',
    where: (file) =>
      SERVER(file) && !isTest(file) && file.path !== 'src/store/embedded-postgres.ts',
    looksAt: 'bare',
    pattern:
      /\blog\s*\.\s*(?:info|warn|error)\(\s*\{(?:[^}]*,)?\s*error\b(?!\s*:\s*describeError\()/g,
  },
  {
    rule: 'house/bare-to-do',
    says: 'say what is missing in the docs, or do it',
    where: isSource,
    looksAt: 'text',
    pattern: /\b(?:TO[D]O|FIX[M]E|XX[X])\b/g,
  },
  {
    rule: 'house/get-prefix',
    says: 'name a function after what it returns',
    where: PRODUCT,
    looksAt: 'bare',
    pattern: /\bexport\s+(?:async\s+)?(?:function\s*\*?|const)\s+get[A-Z]\w*/g,
  },
  {
    rule: 'house/type-name',
    says: 'a type is named after what it stands for',
    where: isSource,
    looksAt: 'bare',
    pattern:
      /\b(?:type|class|interface)\s+(?:(?:Util|Helper|Common|Shared|Misc|Base|Manager|Service|Handler|Impl|Data|Info|Types|Index)\b|\w+(?:Utils?|Helpers?|Manager|Service|Handler|Impl)\b|I[A-Z][a-z])/g,
  },
  {
    rule: 'house/registry-host',
    says: 'no registry is named: any mirror must do',
    where: () => true,
    looksAt: 'text',
    pattern:
      /\b(?:registry[.](?:npmjs[.]org|yarnpkg[.]com|npmmirror[.]com)|(?:www[.])?npmjs[.]com|pypi[.]org|files[.]pythonhosted[.]org|crates[.]io|proxy[.]golang[.]org|rubygems[.]org|deb[.]debian[.]org|registry-1[.]docker[.]io)\b/gi,
  },
  {
    rule: 'house/resolved-address',
    says: 'the lockfile names no address: set omit-lockfile-registry-resolved',
    where: ({ path }) => path === 'package-lock.json',
    looksAt: 'text',
    pattern: /"resolved"\s*:/g,
  },
];

/** Words that say nothing about what a file or folder holds. */
const EMPTY_NAMES =
  /^(?:utils?|helpers?|commons?|shared|misc|bases?|managers?|services?|handlers?|impls?|data|infos?|types?|index)$/;
const EMPTY_ENDINGS = /-(?:utils?|helpers?|managers?|services?|handlers?|impls?)$/;

/** The rule about names of files and folders. */
export const NAME_RULE = 'house/file-name';

/** Every place that breaks a rule of the table, and every file or folder with an empty name. */
export function houseViolations(files: readonly SourceFile[]): Violation[] {
  return [...files.flatMap(patternViolations), ...files.flatMap(nameViolations)];
}

function patternViolations(file: SourceFile): Violation[] {
  return HOUSE_RULES.filter(({ where }) => where(file)).flatMap(
    ({ rule, says, looksAt, pattern }) =>
      [...file[looksAt].matchAll(pattern)].map(({ index }) => ({
        rule,
        says,
        path: file.path,
        line: lineAt(file.text, index),
      })),
  );
}

function nameViolations({ path }: SourceFile): Violation[] {
  if (!/^(?:src|web|test|scripts|bench|demo|guide|simulation)\//.test(path)) return [];
  return path
    .split('/')
    .map((part) => part.replace(/\..*$/, ''))
    .filter((name) => EMPTY_NAMES.test(name) || EMPTY_ENDINGS.test(name))
    .map((name) => ({
      rule: NAME_RULE,
      path,
      line: 1,
      says: `"${name}" says nothing: name it after what it holds`,
    }));
}
