import { isObject } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import { newId, newSecret } from '#practice/slack/world/ids.ts';
import { postMessage } from '#practice/slack/world/messages.ts';
import type { UploadedFile, World } from '#practice/slack/world/world.ts';

import { type Method, writable } from './call.ts';
import { wireFile } from './wire.ts';

type Pending = { id: string; name: string; length: number; bytes: Uint8Array<ArrayBuffer> | null };

export type Uploads = {
  methods(origin: () => string): Readonly<Record<string, Method>>;
  /** Takes the bytes that were posted to an upload URL; false when there is no such upload. */
  receive(secret: string, bytes: Uint8Array<ArrayBuffer>): boolean;
};

/** The three steps of an upload: ask for a URL, post the bytes to it, say that it is complete. */
export function createUploads(): Uploads {
  const pending = new Map<string, Pending>();

  function complete(world: World, given: unknown): UploadedFile {
    const id = isObject(given) ? given['id'] : undefined;
    const upload = [...pending].find(([, candidate]) => candidate.id === id);
    if (upload === undefined) throw new Refusal('file_not_found');
    const [secret, { name, bytes, length }] = upload;
    if (bytes?.byteLength !== length) throw new Refusal('file_update_failed');
    pending.delete(secret);
    const title = isObject(given) && typeof given['title'] === 'string' ? given['title'] : name;
    const readyAt = world.clock.now().getTime() + world.fileProcessingMs;
    const file = { id: String(id), name, title, type: typeOf(name), size: length, bytes, readyAt };
    world.files.set(file.id, file);
    return file;
  }

  return {
    methods: (origin) => ({
      'files.getUploadURLExternal'(call) {
        const length = call.int('length', 0);
        if (length < 1) throw new Refusal('invalid_arguments');
        const id = newId('F');
        const secret = newSecret();
        pending.set(secret, { id, name: call.need('filename'), length, bytes: null });
        return { file_id: id, upload_url: `${origin()}/upload/${secret}` };
      },

      'files.completeUploadExternal'(call, world) {
        const given = call.json('files');
        if (!Array.isArray(given) || given.length === 0) throw new Refusal('invalid_arguments');
        const target = call.text('channel_id') ?? call.list('channels')[0];
        const channel = target === undefined ? null : writable(world, call.channel('channel_id'));
        const files = given.map((item) => complete(world, item));
        if (channel !== null) {
          postMessage(world, channel, {
            author: world.botUserId,
            text: call.text('initial_comment') ?? '',
            threadTs: call.text('thread_ts') ?? null,
            files,
          });
        }
        return { files: files.map((file) => wireFile(world, file)) };
      },
    }),

    receive(secret, bytes) {
      const upload = pending.get(secret);
      if (upload === undefined) return false;
      upload.bytes = bytes;
      return true;
    },
  };
}

export function typeOf(name: string): string {
  const types: Readonly<Record<string, string>> = {
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
  };
  return types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
