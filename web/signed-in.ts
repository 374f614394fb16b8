// The script of the page between login and portal: keeps the secret of the touch in this tab and goes on.
import { keepFresh } from './change.ts';
import { element } from './elements.ts';

const link = element('go-on', HTMLAnchorElement);
keepFresh(link.dataset['fresh'] ?? '');
// In the place of this page: the way back never leads to it.
location.replace(link.href);
