import { describe, expect, it } from 'vitest';

import { mrkdwn } from '#practice/slack/page/mrkdwn.ts';

const names = {
  person: (id: string) => (id === 'U1' ? 'ben' : id),
  channel: (id: string) => (id === 'C1' ? 'ops' : id),
  usergroup: () => 'sre',
};

describe('mrkdwn', () => {
  it.each([
    ['a mention', '<@U1>', '<span class="mention">@ben</span>'],
    ['a channel', '<#C1|ops>', '<span class="mention">#ops</span>'],
    ['a channel without its name', '<#C1>', '<span class="mention">#ops</span>'],
    ['a group', '<!subteam^S1>', '<span class="mention">@sre</span>'],
    ['everybody here', '<!here>', '<span class="mention">@here</span>'],
    ['bold, italic and strike', '*a* _b_ ~c~', '<strong>a</strong> <em>b</em> <s>c</s>'],
    ['bold around a mention', '*<@U1>*', '<strong><span class="mention">@ben</span></strong>'],
    ['marks inside words', 'a*b*c snake_case_name', 'a*b*c snake_case_name'],
    ['code', '`*a*` b', '<code>*a*</code> b'],
    ['a code block', '```\nx < y\n```', '<pre>x &lt; y</pre>'],
    ['a quote', '&gt; said\nnext', '<blockquote>said</blockquote><br>next'],
    ['an emoji', ':warning: :nope:', '⚠️ :nope:'],
    ['escaped characters', 'a &lt;b&gt; &amp;amp;', 'a &lt;b&gt; &amp;amp;'],
    ['raw HTML', '&lt;script&gt;"', '&lt;script&gt;&quot;'],
    ['a line break', 'a\nb', 'a<br>b'],
    ['a link in any other scheme', '<javascript:alert(1)|go>', 'go'],
  ])('draws %s', (_what, text, html) => {
    expect(mrkdwn(text, names)).toBe(html);
  });

  it('opens a link in a tab that knows nothing of us', () => {
    expect(mrkdwn('<https://x.example/?a=1&amp;b=2|go>', names)).toBe(
      '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">go</a>',
    );
  });
});
