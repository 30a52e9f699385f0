/*
 * Keeps the page as the workspace is now, and sends what the person does. The server draws
 * everything; these modules send acts, fetch the page anew when it changed, and bring over what differs.
 */
import { followBeside } from './beside.js';
import { startComposer } from './composer.js';
import { startDoing } from './doing.js';
import { startFields } from './fields.js';
import { startFocus } from './focus.js';
import { startKeys } from './keys.js';
import { startMenus } from './menus.js';
import { showModal } from './modals.js';
import { startReading } from './reading.js';
import { follow } from './refresh.js';
import { act } from './server.js';

startMenus();
startFields();
startDoing();
startComposer();
startKeys();
startReading();
startFocus();
showModal();
follow();
followBeside();

if (new URLSearchParams(location.search).get('channel') === 'home') void act({ act: 'home' });
