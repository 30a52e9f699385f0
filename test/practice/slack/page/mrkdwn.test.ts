import { describe, expect, it } from 'vitest';

import { mrkdwn } from '#practice/slack/page/blocks/mrkdwn.ts';

const names = {
  person: (id: string) => (id === 'U1' ? 'ben' : id),
  channel: (id: string) => (id === 'C1' ? 'ops' : id),
  address: (id: string) => (id === 'C1' ? '/?channel=C1' : null),
  inside: (url: string) => (url.includes('slack.example') ? '/?channel=C1&at=1' : null),
  usergroup: () => 'sre',
};

describe('mrkdwn', () => {
  it.each([
    ['a mention', '<@U1>', '<span class="mention">@ben</span>'],
    ['a channel', '<#C1|ops>', '<a class="mention" href="/?channel=C1">#ops</a>'],
    ['a channel without its name', '<#C1>', '<a class="mention" href="/?channel=C1">#ops</a>'],
    ['a channel of others', '<#C2|board>', '<span class="mention">#board</span>'],
    [
      'a permalink',
      '<https://practice.slack.example/x|it>',
      '<a href="/?channel=C1&amp;at=1">it</a>',
    ],
    ['a moment', '<!date^1795521600^{date_num}|then>', '2026-11-24'],
    ['a moment in an unknown manner', '<!date^1795521600^{nope}|then>', 'then'],
    ['a group', '<!subteam^S1>', '<span class="mention">@sre</span>'],
    ['everybody here', '<!here>', '<span class="mention">@here</span>'],
    ['bold, italic and strike', '*a* _b_ ~c~', '<strong>a</strong> <em>b</em> <s>c</s>'],
    ['bold around a mention', '*<@U1>*', '<strong><span class="mention">@ben</span></strong>'],
    ['marks inside words', 'a*b*c snake_case_name', 'a*b*c snake_case_name'],
    ['code', '`*a*` b', '<code>*a*</code> b'],
    ['a code block', 'a\n```\nx < y\n```\nb', 'a<pre>x &lt; y</pre>b'],
    ['two quoted lines', '&gt; one\n&gt; two', '<blockquote>one<br>two</blockquote>'],
    ['a quote', '&gt; said\nnext', '<blockquote>said</blockquote>next'],
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
