// The way back from what a user does for themselves.

import type { Frame } from '../frame/document.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage } from '../words/language.ts';
import { MY_PAGE } from '../words/my-page.ts';

/** マイページへ戻る. */
export function backToMyPage(frame: Frame): Html {
  return html`<a class="textlink" href="${MEMBER_PATHS.myPage}">${inLanguage(frame.language)(MY_PAGE.back)}</a>`;
}
