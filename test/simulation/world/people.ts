import type { Act } from '#app/acts.ts';
import { Control } from '#app/controls.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Button, ChatMessage } from '#ports/chat-messages.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';
import type { MemoryRecords } from '#test/support/played/memory-store.ts';

import type { Deliveries } from './deliveries.ts';
import { ana, ben, cleo, dan, gus, type Person } from './directory.ts';
import { inclination } from './inclinations.ts';
import type { Message, OpenForm, Slack } from './slack.ts';

/** Who looks at Slack how often while times are bad, in milliseconds. */
const lookEveryMs = new Map<Person, number>([
  [ana, 6_000],
  [ben, 7_000],
  [cleo, 16_000],
  [dan, 25_000],
  [gus, 30_000],
]);

type Pressable = { message: Message; button: Button; act: Act; weight: number };

/**
 * People who do what they see: press what seems right, sometimes twice or two at once, sometimes on
 * a message that is long out of date or a copy of one; and some who may do nothing press all the same.
 */
export function peopleAt(deps: {
  schedule: Schedule;
  random: Random;
  slack: Slack;
  deliveries: Deliveries;
  records: MemoryRecords;
  isFoul: () => boolean;
  quietMs: () => number;
  /** Share of presses that go wrong on purpose or by haste. */
  mischief: number;
  awayMs: number;
  haste: number;
  follows: boolean;
}): { begin(): void; end(): void } {
  const { schedule, random, slack, deliveries, records, isFoul, quietMs, mischief } = deps;
  const awayFrom = deps.awayMs === 0 ? Infinity : 5_000 + random.unit() * 15_000;
  const isAway = () => schedule.now() > awayFrom && schedule.now() < awayFrom + deps.awayMs;

  const acts = new Map<string, Act | null>();
  const pressed = new Map<string, number>();
  let texts = 0;
  let ended = false;

  function look(person: Person, everyMs: number): void {
    schedule.after(everyMs * (0.3 + random.unit() * 1.4), () => {
      if (ended) return;
      if (!isAway()) doSomething(person);
      look(person, everyMs);
    });
  }

  function doSomething(person: Person): void {
    const at = slack.forms.findIndex((form) => form.person === person.id);
    const [form] = at === -1 ? [] : slack.forms.splice(at, 1);
    if (form !== undefined) return fillIn(person, form);
    if (isFoul() && random.chance(mischief)) return goWrong(person);
    const wanted = choose(pressables(person));
    if (wanted === null) return;
    press(person, wanted.message, wanted.button);
    if (random.chance(mischief)) {
      const other = random.pick([person, ana, ben, cleo]) ?? person;
      schedule.after(random.unit() * 800, () => press(other, wanted.message, wanted.button));
    }
  }

  function pressables(person: Person): Pressable[] {
    const visible = slack.messages.filter(
      ({ channel }) => !channel.startsWith('D-') || channel === `D-${person.id}`,
    );
    const runs = visible.some(({ versions }) => isOpenRun(versions.at(-1)));
    return visible.flatMap((message) => {
      const shown = message.versions.at(-1);
      const asks = shown?.kind === 'run' && shown.question?.kind === 'ask';
      const buttons = buttonsOf(shown);
      const advised = buttons.find(({ style }) => style === 'primary') ?? buttons[0];
      return buttons.flatMap((button) => {
        const act = actOf(button);
        if (act === null || isWaitingFor(person, button)) return [];
        if (deps.follows && act.type === 'Choose' && button !== advised) return [];
        const recommended = button.style === 'primary';
        const situation = { isFoul: isFoul(), quietMs: quietMs(), asks, runs, recommended };
        const weight = inclination(person, act, situation);
        return weight > 0 ? [{ message, button, act, weight }] : [];
      });
    });
  }

  /** Who has just pressed a button waits for what comes of it. */
  function isWaitingFor({ id }: Person, { control }: Button): boolean {
    const at = pressed.get(`${id} ${control}`);
    return at !== undefined && schedule.now() - at < 15_000;
  }

  function choose(from: readonly Pressable[]): Pressable | null {
    const all = from.reduce((sum, one) => sum + one.weight, 0);
    // Somebody with little to do rather waits.
    let dice = random.unit() * Math.max(all, 4);
    for (const one of from) {
      dice -= one.weight;
      if (dice < 0) return one;
    }
    return null;
  }

  function actOf({ control }: Button): Act | null {
    const known = acts.get(control);
    if (known !== undefined) return known;
    const found = Control.safeParse(records.mark('control', control)).data?.act ?? null;
    if (found !== null) acts.set(control, found);
    return found;
  }

  /** Notes, copies, and buttons of messages as they once were. */
  function goWrong(person: Person): void {
    if (random.chance(0.3) && person !== dan && person !== gus) return note(person);
    if (random.chance(0.1)) return command(person);
    const message = random.pick(slack.messages);
    const button = random.pick(buttonsOf(random.pick(message?.versions ?? [])));
    const copy = random.chance(0.3) ? random.pick(slack.messages) : message;
    if (copy !== undefined && button !== undefined) press(person, copy, button);
  }

  function note(person: Person): void {
    const channel = random.pick([...slack.channels.keys()].filter((id) => id !== 'C-incidents'));
    if (channel === undefined) return;
    const text = `note-${(texts += 1)}`;
    const ts = `${Math.floor(schedule.now())}.${String(texts).padStart(6, '0')}`;
    const event = {
      type: 'app_mention',
      user: person.id,
      channel,
      ts,
      text: `<@BOT> note ${text}`,
    };
    const body = { type: 'event_callback', team_id: 'T', event };
    deliveries.send({ kind: 'note', person: person.id, body, control: null, text });
  }

  /** Ana declares an incident, or starts a runbook outside of one. */
  function command(person: Person): void {
    const [name, text] = random.chance(0.5)
      ? ['/incident', 'declare Something odd']
      : ['/runbook', 'start choice'];
    const body = {
      command: name,
      text,
      team_id: 'T',
      trigger_id: slack.openTrigger(person.id),
      user_id: person.id,
      user_name: person.name,
      channel_id: 'C-incidents',
    };
    deliveries.send({ kind: 'command', person: person.id, body, control: null, text: null });
  }

  function press(person: Person, { channel, ts }: Message, button: Button): void {
    const body = {
      type: 'block_actions',
      team: { id: 'T' },
      trigger_id: slack.openTrigger(person.id),
      user: { id: person.id, username: person.name },
      channel: { id: channel },
      container: { type: 'message', channel_id: channel, message_ts: ts, is_ephemeral: false },
      message: { ts },
      actions: [{ type: 'button', action_id: 'control:0', value: button.control }],
    };
    const { control } = button;
    pressed.set(`${person.id} ${control}`, schedule.now());
    deliveries.send({ kind: 'press', person: person.id, body, control, text: null });
  }

  function fillIn(person: Person, form: OpenForm): void {
    const text = `text-${(texts += 1)}`;
    const values = form.fields.map(({ id, type, options }) => [id, element(type, options, text)]);
    const body: JsonObject = {
      type: 'view_submission',
      team: { id: 'T' },
      trigger_id: slack.openTrigger(person.id),
      user: { id: person.id, name: person.name },
      view: {
        private_metadata: form.request,
        state: { values: Object.fromEntries(values) },
        blocks: form.fields.map(({ id }) => ({ type: 'input', block_id: id })),
      },
    };
    deliveries.send({ kind: 'form', person: person.id, body, control: null, text });
  }

  function element(type: string, options: readonly string[], text: string): JsonObject {
    const value = random.pick(options) ?? '';
    const filled: JsonObject =
      type === 'static_select'
        ? { type, selected_option: { value } }
        : { type: 'plain_text_input', value: text };
    return { value: filled };
  }

  return {
    begin() {
      for (const [person, everyMs] of lookEveryMs) look(person, everyMs / deps.haste);
    },
    end() {
      ended = true;
    },
  };
}

function isOpenRun(message: ChatMessage | undefined): boolean {
  return message?.kind === 'run' && (message.status === 'running' || message.status === 'waiting');
}

function buttonsOf(message: ChatMessage | undefined): readonly Button[] {
  switch (message?.kind) {
    case 'run':
      return [...(message.question?.buttons ?? []), ...message.steering];
    case 'incident-card':
    case 'approval':
    case 'suggestion':
      return message.buttons;
    default:
      return [];
  }
}
