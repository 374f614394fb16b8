// A guide as it is put together: chapters of steps with pictures. Filled by the journeys, laid out elsewhere.
import type { Text } from '../src/words/language.ts';

/** A place in a picture, in its pixels. */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A picture of a page, PNG, and what in it is framed in red. */
export type Picture = {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Box[];
};

/** One thing to do, and what the page looks like when it is to be done. */
export type GuideStep = {
  readonly does: Text;
  readonly note?: Text;
  readonly picture?: Picture;
};

/** Steps that belong together. */
export type Chapter = { readonly title: Text; readonly lead?: Text; readonly steps: GuideStep[] };

/** A whole guide. */
export type Booklet = {
  readonly file: string;
  readonly title: Text;
  /** What holds at this institution: a name and what it is. */
  readonly facts: readonly (readonly [Text, Text])[];
  readonly chapters: Chapter[];
  readonly troubles: readonly (readonly [Text, Text])[];
};
