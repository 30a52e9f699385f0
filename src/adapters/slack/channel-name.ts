import { LIMITS } from './limits.ts';

/** A name that Slack takes for a channel; `number` goes behind it from the second try on. */
export function channelName(wanted: string, number: number): string {
  const suffix = number === 1 ? '' : `-${number}`;
  const name = wanted
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/-{2,}/g, '-')
    .slice(0, LIMITS.channelName - suffix.length)
    .replaceAll(/^[-_]+|[-_]+$/g, '');
  return `${name === '' ? 'incident' : name}${suffix}`;
}
