import type { Diagnostic } from '#domain/diagnostic.ts';

import { unmetPolicies } from './rules/approval-unsatisfiable.ts';
import { badQueries } from './rules/bad-promql.ts';
import { connectionsNotHttps } from './rules/http-not-https.ts';
import { queriesOf } from './rules/metric-queries.ts';
import { ratiosWithoutTraffic } from './rules/ratio-without-traffic.ts';
import type { SettingsSubject } from './rules/rule.ts';
import { secretsInSettings } from './rules/secret-in-text.ts';
import { settingsTemplates } from './rules/settings-templates.ts';
import { uselessValues } from './rules/settings-values.ts';

/** What the owners of the settings should mend; the bot can do its work meanwhile. */
export function reviewSettings({ settings, file }: SettingsSubject): readonly Diagnostic[] {
  return [
    ...uselessValues(settings, file),
    ...unmetPolicies(settings, file),
    ...secretsInSettings(settings, file),
    ...connectionsNotHttps(settings, file),
    ...settingsTemplates(file),
    ...badQueries(queriesOf(settings), file),
    ...ratiosWithoutTraffic(queriesOf(settings), file),
  ];
}
