/** A metric of the settings as people read it: `error_rate` is `Error rate`. */
export function metricName(metric: string | null): string {
  const words = (metric ?? 'the query').replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
