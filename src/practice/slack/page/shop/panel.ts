import { html } from 'hono/html';

import type { Html } from '#practice/slack/page/blocks/html.ts';
import { ago } from '#practice/slack/page/blocks/slack-date.ts';

import { chartHtml, type Mark } from './chart.ts';
import type { Deployment, Fault, ShopState } from './shop-client.ts';
import { type Point, type ShopSight, SPAN_MS } from './shop-watch.ts';

/** The practice shop beside the workspace: how it fares, what runs in it, and what can be broken. */
export function shopHtml({ state, points }: ShopSight, now: Date): Html {
  return html`<aside class="shop" id="shop" tabindex="-1" aria-label="The practice shop">
    <header class="shop-head">
      <h2>The practice shop</h2>
      ${state === null ? '' : healthHtml(state, points)}
    </header>
    ${
      state === null
        ? html`<p class="quiet">
            The shop does not answer. It comes back by itself when practice runs.
          </p>`
        : html`${chartsHtml(points, state, now)} ${deploymentsHtml(state, now)}
          ${faultsHtml(state.faults)}`
    }
  </aside>`;
}

function healthHtml(state: ShopState, points: readonly Point[]): Html {
  const firing = Object.entries(state.alerts).find(([, { status }]) => status === 'firing');
  const last = points.at(-1);
  const [kind, words] =
    firing !== undefined
      ? ['bad', 'Alert fires']
      : last === undefined || last.errorRate === null
        ? ['unknown', 'No data']
        : last.errorRate > 0.05
          ? ['bad', 'Orders fail']
          : ['well', 'Takes orders'];
  const alert = firing === undefined ? '' : firing[0];
  return html`<span class="health ${kind}" title="${alert}"
    >${words}${alert === '' ? '' : html`<span class="visually-hidden">: ${alert}</span>`}</span
  >`;
}

function chartsHtml(points: readonly Point[], { deployments }: ShopState, now: Date): Html {
  const marks: Mark[] = deployments.production
    .map(({ startedAt, kind }) => ({ at: new Date(startedAt), kind }))
    .filter(({ at }) => now.getTime() - at.getTime() < SPAN_MS);
  const of = (name: 'ordersPerSecond' | 'errorRate' | 'p95Seconds') =>
    points.map((point) => ({ at: point.at, value: point[name] }));
  return html`<section class="charts" aria-label="Figures of production">
    ${chartHtml({ label: 'Orders a second', points: of('ordersPerSecond'), least: 25, write: (value) => value.toFixed(0) }, marks, now)}
    ${chartHtml({ label: 'Error rate', points: of('errorRate'), least: 0.1, limit: 0.05, write: percent }, marks, now)}
    ${chartHtml({ label: 'Latency, 95 of 100', points: of('p95Seconds'), least: 0.1, limit: 1, write: time }, marks, now)}
    ${
      marks.length === 0
        ? ''
        : html`<p class="legend quiet">
            <i class="deploy"></i> deploy <i class="rollback"></i> rollback
          </p>`
    }
  </section>`;
}

function deploymentsHtml({ deployments, flags }: ShopState, now: Date): Html {
  const current = deployments.production.find(({ status }) => status === 'succeeded');
  const off = Object.entries(flags).filter(([, { value }]) => value);
  const staging = deployments.staging.find(({ status }) => status === 'succeeded');
  return html`<section aria-labelledby="deployments-label">
    <h3 id="deployments-label">Deployments</h3>
    <ol class="deployments">
      ${deployments.production.slice(0, 4).map((one) => deploymentHtml(one, one === current, now))}
    </ol>
    <p class="quiet">
      Staging runs ${staging?.build ?? 'nothing'}.
      ${off.map(([flag]) => html` Flag <code>${flag}</code> is on.`)}
    </p>
  </section>`;
}

const STATES = { running: 'Under way', failed: 'Failed' } as const;

function deploymentHtml(one: Deployment, isCurrent: boolean, now: Date): Html {
  const state = one.status === 'succeeded' ? (isCurrent ? 'Runs' : '') : STATES[one.status];
  const kind = isCurrent ? 'runs' : one.status;
  return html`<li class="${kind}">
    <strong>${one.build}</strong>
    <span>${one.kind === 'rollback' ? 'Rolled back' : `by ${one.actor}`}</span>
    <span class="quiet">${ago(new Date(one.startedAt), now)}</span>
    <span class="state">${state}</span>
  </li>`;
}

function faultsHtml(faults: readonly Fault[]): Html {
  return html`<section aria-labelledby="faults-label">
    <h3 id="faults-label">Break it</h3>
    <ul class="faults">
      ${faults.map(
        ({ id, title, sentence, on }) =>
          html`<li class="${on ? 'on' : ''}">
            <div title="${sentence}">
              <span class="fault-title">${title}</span>
              <p class="${on ? 'fault-sentence' : 'visually-hidden'}">${sentence}</p>
            </div>
            <button
              type="button"
              class="button"
              id="fault-${id}"
              data-do="fault"
              data-name="${id}"
              data-on="${String(!on)}"
            >
              ${on ? 'Mend' : 'Break'}<span class="visually-hidden">${title}</span>
            </button>
          </li>`,
      )}
    </ul>
    <button type="button" class="button reset" id="reset-shop" data-do="reset-shop">
      Put everything back
    </button>
  </section>`;
}

function percent(value: number): string {
  return value > 0 && value < 0.01
    ? `${(value * 100).toFixed(1)} %`
    : `${Math.round(value * 100)} %`;
}

function time(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}
