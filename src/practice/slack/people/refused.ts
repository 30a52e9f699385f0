/** What a person reads when the screen would not let them; a code without a sentence is shown as it is. */
const SENTENCES: Readonly<Record<string, string>> = {
  already_pinned: 'This is pinned already.',
  already_reacted: 'You have reacted with this already.',
  channel_not_found: 'This channel is not there any more.',
  invalid_value: 'This cannot be chosen.',
  is_archived: 'This channel is archived.',
  message_not_found: 'This message is not there any more.',
  no_reaction: 'This reaction is not there any more.',
  no_such_element: 'This has just changed. Look again.',
  not_found: 'This form is not open any more.',
  not_in_channel: 'You are not in this channel.',
  not_yours: 'Only who wrote a message can change it.',
};

export function sentenceFor(code: string): string {
  return SENTENCES[code] ?? code;
}
