import { readModal } from '#practice/slack/api/view-content.ts';
import { elementsOf } from '#practice/slack/blocks/elements-of.ts';
import { isObject } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import type { Modal } from '#practice/slack/world/modal.ts';
import {
  annotateModal,
  clearModals,
  closeTopModal,
  findModal,
  pushModal,
  topModal,
  updateModal,
} from '#practice/slack/world/modals.ts';

import type { Act, ActResult } from './act.ts';
import { fill } from './fill.ts';
import { interactive, modalPlace } from './payloads.ts';
import type { PeopleDeps } from './people-deps.ts';
import { NO_ANSWER } from './press.ts';

type Submit = Extract<Act, { act: 'submit' }>;

/** Submits the modal on top. A form that is not filled in right never reaches the app, as in Slack. */
export async function submit(deps: PeopleDeps, user: string, act: Submit): Promise<ActResult> {
  const { world } = deps;
  const open = onTop(deps, user, act.view);
  if (open.submit === null) throw new Refusal('no_submit_button');

  const filled = fill(open, act.values);
  if (Object.keys(filled.problems).length > 0) {
    annotateModal(world, open, { state: filled.state, errors: filled.problems });
    return {
      ok: false,
      error: 'invalid_values',
      message: 'Some fields need another look.',
      problems: filled.problems,
    };
  }
  const modal = annotateModal(world, open, { state: filled.state, errors: {} });
  const receipt = await deps.dispatcher.act('interactive', `view_submission ${modal.callbackId}`, {
    ...interactive(world, 'view_submission', user, deps.triggers.issue(user)),
    view: modalPlace(world, modal)['view'],
    response_urls: [],
  });
  const now = findModal(world, { id: modal.id });
  if (!receipt.acknowledged) {
    if (now !== undefined) annotateModal(world, now, { errors: { '': NO_ANSWER } });
    return { ok: false, error: receipt.reason, message: NO_ANSWER };
  }
  const problems = now === undefined ? {} : answer(deps, now, receipt.answer);
  return Object.keys(problems).length === 0
    ? { ok: true, ackMs: receipt.ms }
    : { ok: false, error: 'refused_values', message: 'Some fields need another look.', problems };
}

/** Does what the app's ack says: errors beside the fields, another view, or none left. */
function answer(deps: PeopleDeps, modal: Modal, given: unknown): Readonly<Record<string, string>> {
  const { world } = deps;
  const action = isObject(given) ? given['response_action'] : undefined;
  const body = isObject(given) ? given : {};
  try {
    switch (action) {
      case undefined:
        if (topModal(world, modal.user)?.id === modal.id) closeTopModal(world, modal.user);
        return {};
      case 'clear':
        clearModals(world, modal.user);
        return {};
      case 'update':
        updateModal(world, modal, readModal(body['view']));
        return {};
      case 'push':
        pushModal(world, modal.user, readModal(body['view']));
        return {};
      case 'errors':
        return refuse(deps, modal, body['errors']);
      default:
        throw new Refusal('invalid_response_action');
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Slack shows its own trouble here too; the code tells the app's author what it was.
    annotateModal(world, modal, { errors: { '': `${NO_ANSWER} (${error.code})` } });
    return { '': NO_ANSWER };
  }
}

function refuse(deps: PeopleDeps, modal: Modal, given: unknown): Readonly<Record<string, string>> {
  const inputs = new Set(
    elementsOf(modal.blocks).flatMap(({ block, blockId }) =>
      block.type === 'input' ? [blockId] : [],
    ),
  );
  const errors = Object.entries(isObject(given) ? given : {});
  if (errors.length === 0 || errors.some(([blockId]) => !inputs.has(blockId))) {
    throw new Refusal('invalid_errors');
  }
  const problems = Object.fromEntries(errors.map(([blockId, text]) => [blockId, String(text)]));
  annotateModal(deps.world, modal, { errors: problems });
  return problems;
}

/** Closes the top modal, or with `all` every one; the app hears of those that asked for it. */
export async function closeForm(
  deps: PeopleDeps,
  user: string,
  act: Extract<Act, { act: 'close' }>,
): Promise<ActResult> {
  const { world } = deps;
  const top = onTop(deps, user, act.view);
  const all = act.all === true || top.clearOnClose;
  const closed = all ? (world.modals.get(user) ?? []).toReversed() : [top];
  if (all) clearModals(world, user);
  else closeTopModal(world, user);
  for (const modal of closed) {
    if (!modal.notifyOnClose) continue;
    await deps.dispatcher.act('interactive', `view_closed ${modal.callbackId}`, {
      ...interactive(world, 'view_closed', user, deps.triggers.issue(user)),
      view: modalPlace(world, modal)['view'],
      is_cleared: all,
    });
  }
  return { ok: true, ackMs: null };
}

function onTop(deps: PeopleDeps, user: string, view: string): Modal {
  const top = topModal(deps.world, user);
  if (top === undefined || top.id !== view) throw new Refusal('not_found');
  return top;
}
