import type { Block } from '#practice/slack/blocks/block.ts';
import type { JsonObject } from '#practice/slack/json.ts';

/** What an app sends as a modal view, checked. */
export type ModalContent = {
  title: string;
  submit: string | null;
  close: string | null;
  callbackId: string;
  externalId: string;
  privateMetadata: string;
  notifyOnClose: boolean;
  clearOnClose: boolean;
  blocks: readonly Block[];
};

/** A modal on somebody's screen. `id` is for its life, `hash` new at each write. */
export type Modal = ModalContent & {
  id: string;
  hash: string;
  user: string;
  rootId: string;
  previousId: string | null;
  /** Choices made in its menus so far, as `state.values` reports them. */
  state: Record<string, Record<string, JsonObject>>;
  /** Errors by block, after the app refused a submission. */
  errors: Readonly<Record<string, string>>;
};
