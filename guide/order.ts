// What a guide is made for: an institution with its policy, and a language.

import type { Institution } from '../src/banking/institution.ts';
import { DEFAULT_POLICY, type Policy } from '../src/banking/policy.ts';
import { sampleInstitution } from '../src/sample/institution.ts';
import { isLanguage, type Language } from '../src/words/language.ts';

/** An order of guides. */
export type GuideOrder = {
  readonly institution: Pick<Institution, 'code' | 'name' | 'nameEnglish' | 'contact'> & {
    /** The host that customers know, as the guides print it. */
    readonly publicHost: string;
  };
  readonly policy: Policy;
  readonly language: Language;
};

/** The sample's order. */
export function sampleOrder(language: Language): GuideOrder {
  return { institution: sampleInstitution(8080), policy: DEFAULT_POLICY, language };
}

/** Reads an order as `koshin guide` writes it; throws where it is none. */
export function readOrder(text: string): GuideOrder {
  const order = JSON.parse(text) as GuideOrder;
  if (!isLanguage(order.language)) throw new Error('an order of guides names no language');
  return order;
}
