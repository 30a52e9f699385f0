/** The style of the timeline's page, in the page itself: it is kept and mailed as one file. */
export const timelineStyle = `
:root { color-scheme: light dark; --dim: #68707a; --line: #d9dde2; --bad: #b3261e; --good: #146c2e; }
@media (prefers-color-scheme: dark) { :root { --dim: #9aa3ad; --line: #3a4048; --bad: #ff8a80; --good: #7ddc97; } }
body { font: 16px/1.45 system-ui, sans-serif; max-width: 56rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.75rem 0 .25rem; color: var(--dim); font-weight: 600; }
ul { margin: 0; padding: 0; list-style: none; color: var(--dim); overflow-wrap: anywhere; }
ol { margin: 0; padding: 0; list-style: none; }
ol > li { display: grid; grid-template-columns: 5rem minmax(0, 1fr); gap: 0 .75rem; padding: .5rem 0; border-top: 1px solid var(--line); }
ol > li:target { outline: 2px solid; outline-offset: -2px; }
time, .seq { font-variant-numeric: tabular-nums; color: var(--dim); text-decoration: none; }
.seq { display: block; font-size: .75rem; }
.who { font-weight: 600; }
.text { overflow-wrap: anywhere; white-space: pre-wrap; }
.fail .text { color: var(--bad); }
.pass .text { color: var(--good); }
img { display: block; max-width: 100%; max-height: 24rem; margin-top: .5rem; border: 1px solid var(--line); border-radius: .375rem; }
details { margin-top: .25rem; color: var(--dim); }
summary { cursor: pointer; font-size: .875rem; }
pre { margin: .25rem 0 0; padding: .5rem; border: 1px solid var(--line); border-radius: .375rem; font-size: .8125rem; overflow-x: auto; max-height: 24rem; }
footer { margin-top: 2rem; color: var(--dim); font-size: .8125rem; overflow-wrap: anywhere; }
@media (max-width: 30rem) { ol > li { grid-template-columns: minmax(0, 1fr); } .seq { display: inline; margin-left: .5rem; } }
@media print { details > pre { max-height: none; white-space: pre-wrap; } }
`;
